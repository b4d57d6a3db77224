package org.safeconduct.core.register;

import java.util.Map;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;

/**
 * One thing a pass can say about its holder (spec/register.md section 2.3).
 *
 * @param identity it helps to tell whether the holder is the person (an initial, a day of birth)
 * @param special it is of a special category (health, origin, religion, ...) and needs a legal basis of its own
 */
public record Attribute(Domain domain, String id, boolean identity, Texts names, boolean special) {
    static Attribute read(Json json) throws MalformedException {
        Map<String, Json> m = json.members("domain", "id", "identity", "names", "special");
        return new Attribute(Domain.read(m.get("domain")), Fields.id(m.get("id")), m.get("identity").truth(),
                Texts.names(m.get("names")), m.get("special").truth());
    }

    Json json() {
        return Json.object("domain", domain.json(), "id", id, "identity", identity, "names", names.json(),
                "special", special);
    }
}
