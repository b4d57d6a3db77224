package org.safeconduct.core.register;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.safeconduct.core.wire.Ed25519Key;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;

/**
 * The authority without which no venue can warn (spec/register.md section 2.8).
 *
 * @param proof hex of the 48-byte proof of possession of the tracing key
 * @param regions 1 to 64
 * @param retention days, 1 to 30
 * @param signingKey signs batches of warnings
 * @param tracingKey hex of the 96-byte master public key
 */
public record Authority(String id, Texts names, String proof, List<Named> regions, int retention, Ed25519Key signingKey,
        String tracingKey) implements Line {
    private static final int PROOF = 48;
    private static final int TRACING_KEY = 96;

    public Authority {
        regions = List.copyOf(regions);
    }

    static Authority read(Json json) throws MalformedException {
        Map<String, Json> m = json.members(
                "id", "names", "proof", "regions", "retention", "signing_key", "tracing_key", "type");
        return new Authority(Fields.id(m.get("id")), Texts.names(m.get("names")),
                Hex.print(Hex.parse(m.get("proof").string(), PROOF)),
                Fields.different(Fields.list(m.get("regions"), 1, 64, Named::read), Named::id),
                (int) m.get("retention").whole(1, 30), Ed25519Key.parse(m.get("signing_key").string()),
                Hex.print(Hex.parse(m.get("tracing_key").string(), TRACING_KEY)));
    }

    @Override
    public Json json() {
        return Json.object("id", id, "names", names.json(), "proof", proof,
                "regions", regions.stream().map(Named::json).toList(), "retention", retention,
                "signing_key", signingKey.hex(), "tracing_key", tracingKey, "type", "authority");
    }

    @Override
    public List<Texts> texts() {
        List<Texts> texts = new ArrayList<>(List.of(names));
        regions.forEach(region -> texts.add(region.names()));
        return texts;
    }
}
