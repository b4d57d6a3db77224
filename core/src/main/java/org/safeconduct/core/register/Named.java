package org.safeconduct.core.register;

import java.util.Map;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;

/** An id with names: a scope of a scheme (one right, one stamp book) or a region of an authority. */
public record Named(String id, Texts names) {
    static Named read(Json json) throws MalformedException {
        Map<String, Json> m = json.members("id", "names");
        return new Named(Fields.id(m.get("id")), Texts.names(m.get("names")));
    }

    Json json() {
        return Json.object("id", id, "names", names.json());
    }
}
