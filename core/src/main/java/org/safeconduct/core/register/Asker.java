package org.safeconduct.core.register;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.safeconduct.core.wire.Ed25519Key;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Time;
import org.safeconduct.crypto.MalformedException;

/**
 * Somebody who may ask for more than the default of a scheme (spec/register.md section 2.4).
 *
 * @param attributes indexes it may ask for
 * @param doors 0 to 200 different short texts
 * @param scopes indexes it may ask for
 */
public record Asker(List<Integer> attributes, List<String> doors, Ed25519Key key, Texts names, Hash scheme,
        List<Integer> scopes, Instant until) implements Line {
    private static final int MOST_ATTRIBUTES = 8;
    private static final int MOST_SCOPES = 4;
    private static final int MOST_DOORS = 200;

    public Asker {
        attributes = List.copyOf(attributes);
        doors = List.copyOf(doors);
        scopes = List.copyOf(scopes);
    }

    static Asker read(Json json) throws MalformedException {
        Map<String, Json> m = json.members("attributes", "doors", "key", "names", "scheme", "scopes", "type", "until");
        return new Asker(Fields.indexes(m.get("attributes"), MOST_ATTRIBUTES),
                Fields.different(Fields.list(m.get("doors"), 0, MOST_DOORS, Fields::shortText), door -> door),
                Ed25519Key.parse(m.get("key").string()), Texts.names(m.get("names")),
                Hash.parse(m.get("scheme").string()), Fields.indexes(m.get("scopes"), MOST_SCOPES),
                Time.parse(m.get("until").string()));
    }

    @Override
    public Json json() {
        return Json.object("attributes", attributes, "doors", doors, "key", key.hex(), "names", names.json(),
                "scheme", scheme, "scopes", scopes, "type", "asker", "until", Time.print(until));
    }

    @Override
    public List<Texts> texts() {
        return List.of(names);
    }
}
