package org.safeconduct.app.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** What the page of slips says in one language. */
final class SlipTexts {
    /** By tag, each in its own name: the languages that the apps speak. */
    static final Map<String, SlipTexts> ALL = all();

    private final String tag;
    private final String name;
    private final Properties texts;

    private SlipTexts(String tag, String name) {
        this.tag = tag;
        this.name = name;
        this.texts = new Properties();
        try (InputStream file = resource(tag + ".properties")) {
            texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, SlipTexts> all() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("en", "English");
        names.put("de", "Deutsch");
        names.put("fr", "Français");
        names.put("es", "Español");
        names.put("tr", "Türkçe");
        names.put("ru", "Русский");
        names.put("uk", "Українська");
        names.put("ar", "العربية");
        Map<String, SlipTexts> all = new LinkedHashMap<>();
        names.forEach((tag, name) -> all.put(tag, new SlipTexts(tag, name)));
        return all;
    }

    static InputStream resource(String name) {
        return SlipTexts.class.getResourceAsStream("slips/" + name);
    }

    String tag() {
        return tag;
    }

    /** The language's own name. */
    String name() {
        return name;
    }

    String direction() {
        return tag.equals("ar") ? "rtl" : "ltr";
    }

    /** The text, with {@code {0}} and {@code {1}} filled in. */
    String say(String key, String... values) {
        String text = texts.getProperty(key);
        for (int i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", values[i]);
        }
        return text;
    }

    String say(LocalDate day) {
        return day.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(Locale.forLanguageTag(tag)));
    }
}
