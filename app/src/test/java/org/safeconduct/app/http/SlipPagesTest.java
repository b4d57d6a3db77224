package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.authority.Authorities;
import org.safeconduct.app.authority.Cases;
import org.safeconduct.core.presence.Hour;
import org.safeconduct.core.presence.Notice;
import org.safeconduct.core.presence.Poster;
import org.safeconduct.core.presence.TracingSheet;
import org.safeconduct.core.presence.Upload;
import org.safeconduct.core.presence.VenueKind;

/** Whoever holds a paper slip reads the whole list of a day, as everybody does. */
class SlipPagesTest {
    private static final Poster CAFE = new Poster("Café Süd", "Hauptstraße 1", Optional.empty(), VenueKind.FOOD_AND_DRINK, 2, 0, Optional.empty());

    @TempDir
    Path folder;
    private TestOffice office;
    private String slip;

    @BeforeEach
    void warn() throws Exception {
        office = new TestOffice(folder);
        var authority = Authorities.init(office.desk, "health", Map.of("en", "Health & <office>"), Map.of("town", Map.of("en", "Town")), 14);
        Cases cases = Cases.of(office.desk);
        Hour hour = Hour.of(office.instant());
        Cases.Opened opened = cases.open("town", hour, hour);
        try (TracingSheet sheet = TracingSheet.create(TestOffice.RANDOM).with(CAFE, authority.leaf(), TestOffice.RANDOM)) {
            slip = sheet.slip(sheet.posters().getFirst(), hour);
            cases.take(new Upload(opened.token(), List.of(sheet.part(sheet.posters().getFirst(), hour))).print());
        }
        cases.confirm(opened.number(), new Notice(Notice.Advice.TEST, LocalDate.of(2026, 11, 21)));
        office.server.refresh();
    }

    @AfterEach
    void close() {
        office.close();
    }

    private String printed() {
        return slip.substring(0, 4) + " " + slip.substring(4);
    }

    @Test
    void dayListsEveryCodeOfItAndNoName() throws Exception {
        HttpResponse<String> overview = office.get("/slips");
        assertEquals(200, overview.statusCode());
        assertEquals("text/html; charset=utf-8", overview.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(overview.body().contains("href=\"slips/en/2026-11-20\">Friday, 20 November 2026<")
                || overview.body().contains("href=\"slips/en/2026-11-20\">Friday, November 20, 2026<"), overview.body());
        String day = office.get("/slips/en/2026-11-20").body();
        assertTrue(day.contains("<li>" + printed() + "</li>"), day);
        assertEquals(32, Pattern.compile("<li>[0-9A-Z]{4} [0-9A-Z]{4}</li>").matcher(day).results().count(), "dummies included");
        assertTrue(day.contains("Health &amp; &lt;office&gt;") && day.contains("14 days"), day);
        assertFalse(day.contains("Café"), "the venue is not named");
    }

    @Test
    void everyLanguageSaysTheSameCodesWithoutAnyScript() throws Exception {
        for (String tag : SlipTexts.ALL.keySet()) {
            for (String path : List.of("/slips/" + tag, "/slips/" + tag + "/2026-11-20")) {
                HttpResponse<String> page = office.get(path);
                assertEquals(200, page.statusCode(), path);
                assertTrue(page.body().contains("<html lang=\"" + tag + "\" dir=\"" + (tag.equals("ar") ? "rtl" : "ltr") + "\">"), path);
                assertFalse(Pattern.compile("<script|<form|<input|\\{[01]}|null").matcher(page.body()).find(), path);
                assertTrue(page.headers().firstValue("Content-Security-Policy").orElseThrow().startsWith("default-src 'none'; style-src 'self'"));
                assertEquals("no-cache", page.headers().firstValue("Cache-Control").orElseThrow());
            }
            assertTrue(office.get("/slips/" + tag + "/2026-11-20").body().contains(printed()), tag);
        }
        assertEquals("text/css", office.get("/slips/style.css").headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void everyLanguageHasEveryText() throws Exception {
        Properties english = texts("en");
        for (String tag : SlipTexts.ALL.keySet()) {
            Properties texts = texts(tag);
            assertEquals(english.stringPropertyNames(), texts.stringPropertyNames(), tag);
            for (String key : texts.stringPropertyNames()) {
                assertEquals(blanks(english.getProperty(key)), blanks(texts.getProperty(key)), tag + " " + key);
            }
        }
    }

    private static Properties texts(String tag) throws Exception {
        Properties texts = new Properties();
        texts.load(new InputStreamReader(SlipTexts.resource(tag + ".properties"), StandardCharsets.UTF_8));
        return texts;
    }

    private static List<String> blanks(String text) {
        return Pattern.compile("\\{[01]}").matcher(text).results().map(match -> match.group()).sorted().toList();
    }

    @Test
    void thereIsNoPageForACodeOrForADayWithoutOne() throws Exception {
        for (String path : List.of("/slips/en/" + slip, "/slips/en/2026-11-19", "/slips/en/today", "/slips/xx", "/slips/xx/2026-11-20", "/slips/en/2026-11-20/" + slip)) {
            assertEquals(404, office.get(path).statusCode(), path);
        }
        assertEquals(office.get("/slips/en/2026-11-20").body(), office.get("/slips/en/2026-11-20?code=" + slip).body());
    }

    @Test
    void withoutAnAuthorityThereIsNoPage(@TempDir Path other) throws Exception {
        try (TestOffice none = new TestOffice(other)) {
            assertEquals(404, none.get("/slips").statusCode());
            assertEquals(404, none.get("/slips/en/2026-11-20").statusCode());
        }
    }
}
