package org.safeconduct.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;

/**
 * A scheme as a person writes it (register.md 2.3), fitted to an office: of its texts the office's
 * languages are kept, so that one file serves offices with different languages.
 */
public final class SchemeFile {
    private static final int LONGEST = 256 * 1024;
    /** What a scheme is refused without, and how to say so before anything else. */
    private static final Map<String, String> REQUIRED = Map.of(
        "purpose", "It has no purpose. Say in `purpose`, in each language, what a pass is for.",
        "legal_basis", "It has no legal basis. Say in `legal_basis`, in each language, on what law or contract it rests.",
        "sunset", "It has no end. Give a `sunset`, at most 366 days from today: 2027-06-30T00:00:00Z.");

    private SchemeFile() {}

    /** Reads a file and fits it. */
    static byte[] read(Path file, List<String> languages, String sunset) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw CommandException.usage("The scheme is not published. " + Terminal.plain(file.toString()) + " is too long for a scheme.");
        }
        try {
            return fit(Files.readAllBytes(file), languages, sunset);
        } catch (MalformedException e) {
            throw CommandException.usage("The scheme is not published. " + Terminal.plain(file.toString()) + ": " + e.getMessage());
        }
    }

    /**
     * Fits a scheme to an office.
     *
     * @param languages the office's
     * @param sunset an end to put in place of the file's, or null
     * @return JSON for publishing
     * @throws MalformedException if it is no JSON of ours, or lacks a text in a language
     */
    public static byte[] fit(byte[] scheme, List<String> languages, String sunset) throws MalformedException {
        Map<String, Json> members = new LinkedHashMap<>(Json.parseLoosely(scheme, LONGEST).members());
        if (sunset != null) {
            members.put("sunset", Json.of(sunset));
        }
        for (String name : List.of("purpose", "legal_basis", "sunset")) {
            if (isMissing(members.get(name))) {
                throw new MalformedException(REQUIRED.get(name));
            }
        }
        return fit(Json.of(members), languages).print();
    }

    private static boolean isMissing(Json member) throws MalformedException {
        return member == null || member.isNull() || isObject(member) && member.members().isEmpty() || member.equals(Json.of(""));
    }

    private static Json fit(Json value, List<String> languages) throws MalformedException {
        if (isObject(value)) {
            Map<String, Object> fitted = new LinkedHashMap<>();
            for (Map.Entry<String, Json> member : value.members().entrySet()) {
                boolean texts = List.of("names", "purpose", "legal_basis", "special_basis").contains(member.getKey());
                fitted.put(member.getKey(), texts && isObject(member.getValue()) ? choose(member.getKey(), member.getValue(), languages)
                    : fit(member.getValue(), languages));
            }
            return Json.of(fitted);
        }
        if (isList(value)) {
            List<Json> fitted = new ArrayList<>();
            for (Json item : value.items(0, Integer.MAX_VALUE)) {
                fitted.add(fit(item, languages));
            }
            return Json.of(fitted);
        }
        return value;
    }

    private static Json choose(String member, Json texts, List<String> languages) throws MalformedException {
        Map<String, Object> chosen = new LinkedHashMap<>();
        for (String language : languages) {
            Json text = texts.members().get(language);
            if (text == null) {
                throw new MalformedException("`" + member + "` has no text in " + language + ", a language of this office.");
            }
            chosen.put(language, text);
        }
        return Json.of(chosen);
    }

    private static boolean isObject(Json value) {
        return value.toString().startsWith("{");
    }

    private static boolean isList(Json value) {
        return value.toString().startsWith("[");
    }
}
