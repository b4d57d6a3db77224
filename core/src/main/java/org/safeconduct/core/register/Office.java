package org.safeconduct.core.register;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.safeconduct.core.wire.Ed25519Key;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Text;
import org.safeconduct.crypto.MalformedException;

/**
 * Line 0: who the office is and by which keys it speaks (spec/register.md section 2.1).
 *
 * @param contact how a person reaches the office
 * @param cosignKey the key of the daily cosignature, not the register key
 * @param languages 1 to 16 language tags, the office's own first
 * @param origin the name in every checkpoint
 * @param registerKey the key that signs checkpoints until a {@link KeyRotation}
 */
public record Office(String contact, Ed25519Key cosignKey, List<String> languages, Texts names, String origin,
        Ed25519Key registerKey) implements Line {
    private static final Pattern ORIGIN = Pattern.compile("[a-z0-9.-]{1,64}(/[a-z0-9.-]{1,64})*");

    public Office {
        languages = List.copyOf(languages);
    }

    static Office read(Json json) throws MalformedException {
        Map<String, Json> m = json.members(
                "contact", "cosign_key", "languages", "names", "origin", "profile", "register_key", "type");
        Fields.constant(m, "profile", 1);
        Office office = new Office(Fields.shortText(m.get("contact")), Ed25519Key.parse(m.get("cosign_key").string()),
                Fields.different(Fields.list(m.get("languages"), 1, 16, tag -> Text.language(tag.string())), tag -> tag),
                Texts.names(m.get("names")), origin(m.get("origin").string()),
                Ed25519Key.parse(m.get("register_key").string()));
        if (office.cosignKey.equals(office.registerKey)) {
            throw new MalformedException("The cosignature key is the register key.");
        }
        return office;
    }

    /** Returns the string if it is a checkpoint origin. */
    static String origin(String origin) throws MalformedException {
        if (origin.length() > 128 || !ORIGIN.matcher(origin).matches()) {
            throw new MalformedException("An origin looks like example.org/register.");
        }
        return origin;
    }

    @Override
    public Json json() {
        return Json.object("contact", contact, "cosign_key", cosignKey.hex(), "languages", languages,
                "names", names.json(), "origin", origin, "profile", 1, "register_key", registerKey.hex(),
                "type", "office");
    }

    @Override
    public List<Texts> texts() {
        return List.of(names);
    }
}
