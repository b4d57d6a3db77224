package org.safeconduct.core.register;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.safeconduct.core.wire.Ed25519Key;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.ibe.IbePublicKey;
import org.safeconduct.crypto.ibe.PossessionProof;

/**
 * The authority without which no venue can warn (spec/register.md section 2.8).
 *
 * @param proof that the authority knows the secret of the tracing key; it was verified
 * @param regions 1 to 64
 * @param retention days, 1 to 30
 * @param signingKey signs batches of warnings
 * @param tracingKey the authority's half of every key that visits are sealed to
 */
public record Authority(String id, Texts names, PossessionProof proof, List<Named> regions, int retention, Ed25519Key signingKey,
        IbePublicKey tracingKey) implements Line {
    public Authority {
        regions = List.copyOf(regions);
    }

    static Authority read(Json json) throws MalformedException {
        Map<String, Json> m = json.members(
                "id", "names", "proof", "regions", "retention", "signing_key", "tracing_key", "type");
        IbePublicKey tracingKey = IbePublicKey.parse(Hex.parse(m.get("tracing_key").string(), IbePublicKey.BYTES));
        return new Authority(Fields.id(m.get("id")), Texts.names(m.get("names")), proof(m.get("proof"), tracingKey),
                Fields.different(Fields.list(m.get("regions"), 1, 64, Named::read), Named::id),
                (int) m.get("retention").whole(1, 30), Ed25519Key.parse(m.get("signing_key").string()), tracingKey);
    }

    private static PossessionProof proof(Json json, IbePublicKey tracingKey) throws MalformedException {
        PossessionProof proof = PossessionProof.parse(Hex.parse(json.string(), PossessionProof.BYTES));
        try {
            tracingKey.verify(proof);
            return proof;
        } catch (VerificationException e) {
            throw new MalformedException("The proof of possession of a tracing key does not hold.", e);
        }
    }

    @Override
    public Json json() {
        return Json.object("id", id, "names", names.json(), "proof", Hex.print(proof.toBytes()),
                "regions", regions.stream().map(Named::json).toList(), "retention", retention,
                "signing_key", signingKey.hex(), "tracing_key", Hex.print(tracingKey.toBytes()), "type", "authority");
    }

    @Override
    public List<Texts> texts() {
        List<Texts> texts = new ArrayList<>(List.of(names));
        regions.forEach(region -> texts.add(region.names()));
        return texts;
    }
}
