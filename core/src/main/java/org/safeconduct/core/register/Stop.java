package org.safeconduct.core.register;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Time;
import org.safeconduct.crypto.MalformedException;

/**
 * Takes a scheme, asker or epoch back (spec/register.md section 2.6).
 *
 * @param from from then on the target is not valid
 */
public record Stop(Instant from, Hash target, Texts why) implements Line {
    static Stop read(Json json) throws MalformedException {
        Map<String, Json> m = json.members("from", "target", "type", "why");
        return new Stop(Time.parse(m.get("from").string()), Hash.parse(m.get("target").string()),
                Texts.texts(m.get("why")));
    }

    @Override
    public Json json() {
        return Json.object("from", Time.print(from), "target", target, "type", "stop", "why", why.json());
    }

    @Override
    public List<Texts> texts() {
        return List.of(why);
    }
}
