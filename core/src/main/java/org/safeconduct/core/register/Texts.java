package org.safeconduct.core.register;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Text;
import org.safeconduct.crypto.MalformedException;

/**
 * The same text in each of the office's languages (spec/register.md section 1.4).
 *
 * @param byLanguage from language tag to text, in the order of the tags
 */
public record Texts(Map<String, String> byLanguage) {
    public Texts {
        byLanguage = Collections.unmodifiableMap(new TreeMap<>(byLanguage));
    }

    /** Returns the text in a language, or else in the fallback, which should be the office's first language. */
    public String in(String language, String fallback) {
        return byLanguage.getOrDefault(language, byLanguage.get(fallback));
    }

    /** Returns the language tags. */
    public Set<String> languages() {
        return byLanguage.keySet();
    }

    static Texts names(Json json) throws MalformedException {
        return read(json, Text.SHORT);
    }

    static Texts texts(Json json) throws MalformedException {
        return read(json, Text.LONGEST);
    }

    private static Texts read(Json json, int most) throws MalformedException {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, Json> member : json.members().entrySet()) {
            texts.put(Text.language(member.getKey()), Text.check(member.getValue().string(), most));
        }
        return new Texts(texts);
    }

    Json json() {
        return Json.of(byLanguage);
    }
}
