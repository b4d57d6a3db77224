package org.safeconduct.core.register;

import java.util.List;
import java.util.Map;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;

/**
 * A published build of an app, so that auditors can compare what they are served (spec/register.md section 2.9).
 *
 * @param app {@code wallet} or {@code checker}
 * @param digest SHA-256 of the build's file list
 */
public record Build(String app, Hash digest, String version) implements Line {
    private static final List<String> APPS = List.of("wallet", "checker");

    static Build read(Json json) throws MalformedException {
        Map<String, Json> m = json.members("app", "digest", "type", "version");
        if (!APPS.contains(m.get("app").string())) {
            throw new MalformedException("A build is of the wallet or the checker.");
        }
        return new Build(m.get("app").string(), Hash.parse(m.get("digest").string()), Fields.shortText(m.get("version")));
    }

    @Override
    public Json json() {
        return Json.object("app", app, "digest", digest, "type", "build", "version", version);
    }

    @Override
    public List<Texts> texts() {
        return List.of();
    }
}
