package org.safeconduct.app.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.safeconduct.app.authority.Authorities;
import org.safeconduct.app.authority.PublishedWarnings;
import org.safeconduct.app.office.PublishedRegister;
import org.safeconduct.app.store.AuthorityTables;
import org.safeconduct.core.presence.Hour;
import org.safeconduct.core.register.Authority;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;

/**
 * The pages for visitors with a paper slip (spec/presence.md section 6.6): the days, and all codes of a day for everybody.
 * Nobody looks a code up here, so nobody learns which one a visitor holds. No script, no cookie, no form.
 */
final class SlipPages {
    private static final Header HTML = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
    private static final Header CSS = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/css");
    private static final Header POLICY = HeaderValues.createCached(HeaderNames.create("Content-Security-Policy"),
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
    private static final int HALF = 4;
    private static final byte[] STYLE = style();

    private final PublishedWarnings warnings;
    private final PublishedRegister published;
    private volatile Days days = new Days(List.of(), ZoneOffset.UTC, Collections.emptySortedMap());

    /** The codes of each day as HTML, the same in every language; made once for each list that was published. */
    private record Days(List<AuthorityTables.Slip> of, ZoneId zone, SortedMap<LocalDate, String> lists) {}

    SlipPages(PublishedWarnings warnings, PublishedRegister published) {
        this.warnings = warnings;
        this.published = published;
    }

    private static byte[] style() {
        try (InputStream file = SlipTexts.resource("style.css")) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void style(ServerResponse response) {
        Answers.send(response, CSS, Answers.NO_CACHE, STYLE);
    }

    /** The days, in the language of a tag, or in the office's first one. */
    void overview(Optional<String> tag, ServerResponse response) throws FailureException {
        Register register = published.register();
        SlipTexts texts = texts(tag.orElse(SlipTexts.ALL.containsKey(first(register)) ? first(register) : "en"));
        Days listed = days(register);
        String root = tag.isPresent() ? "" : "slips/";
        StringBuilder page = head(texts, texts.say("title"), root, "");
        paragraph(page, texts.say("intro"));
        paragraph(page, texts.say("everybody"));
        if (listed.lists.isEmpty()) {
            paragraph(page, texts.say("none"));
        }
        page.append("<ul class=\"days\">");
        listed.lists.sequencedKeySet().reversed().forEach(day -> page.append("<li><a href=\"").append(root).append(texts.tag()).append('/').append(day)
                .append("\">").append(escaped(texts.say(day))).append("</a></li>\n"));
        page.append("</ul>\n<p class=\"soft\"><a href=\"").append(root).append("../warnings/slips\">").append(escaped(texts.say("programs"))).append("</a></p>\n");
        send(response, page);
    }

    /** All codes of a day, and what to do. */
    void day(String tag, String name, ServerResponse response) throws FailureException {
        Register register = published.register();
        SlipTexts texts = texts(tag);
        Authority authority = Authorities.find(register).orElseThrow(SlipPages::nothing).line();
        Days listed = days(register);
        LocalDate day = listed.lists.keySet().stream().filter(each -> each.toString().equals(name)).findFirst().orElseThrow(SlipPages::nothing);
        StringBuilder page = head(texts, texts.say(day), "../", "/" + day);
        paragraph(page, texts.say("everybody"));
        page.append(listed.lists.get(day));
        page.append("<p class=\"soft\">").append(escaped(texts.say("zone", listed.zone.getId()))).append("</p>\n<h2>").append(escaped(texts.say("listed"))).append("</h2>\n");
        paragraph(page, texts.say("advice", authority.names().in(tag, first(register)), register.office().contact()));
        paragraph(page, texts.say("unlisted", Integer.toString(authority.retention())));
        page.append("<p><a href=\"../").append(tag).append("\">").append(escaped(texts.say("back"))).append("</a></p>\n");
        send(response, page);
    }

    private static FailureException nothing() {
        return new FailureException(Failure.NOT_FOUND);
    }

    private static SlipTexts texts(String tag) throws FailureException {
        return Optional.ofNullable(SlipTexts.ALL.get(tag)).orElseThrow(SlipPages::nothing);
    }

    private static String first(Register register) {
        return register.office().languages().getFirst();
    }

    /** @throws FailureException if there is no authority */
    private Days days(Register register) throws FailureException {
        List<AuthorityTables.Slip> slips = warnings.slipList().orElseThrow(SlipPages::nothing);
        ZoneId zone = zone(register);
        Days known = days;
        if (known.of != slips || !known.zone.equals(zone)) {
            SortedMap<LocalDate, StringBuilder> lists = new TreeMap<>();
            int before = -1;
            for (AuthorityTables.Slip slip : slips) {
                ZonedDateTime from = new Hour(slip.hour()).start().atZone(zone);
                StringBuilder list = lists.computeIfAbsent(from.toLocalDate(), day -> new StringBuilder());
                if (slip.hour() != before) {
                    list.append(list.isEmpty() ? "" : "</ul>\n").append("<h2><bdi dir=\"ltr\">").append(CLOCK.format(from)).append("–").append(CLOCK.format(from.plusHours(1)))
                            .append("</bdi></h2>\n<ul class=\"codes\" dir=\"ltr\">");
                    before = slip.hour();
                }
                list.append("<li>").append(slip.code(), 0, HALF).append(' ').append(slip.code(), HALF, slip.code().length()).append("</li>\n");
            }
            SortedMap<LocalDate, String> closed = new TreeMap<>();
            lists.forEach((day, list) -> closed.put(day, list.append("</ul>\n").toString()));
            days = known = new Days(slips, zone, closed);
        }
        return known;
    }

    /** The zone that the newest scheme counts its epochs in, as the people it is for do. */
    private static ZoneId zone(Register register) {
        try {
            return register.all(Scheme.class).reduce((before, after) -> after).map(scheme -> ZoneId.of(scheme.line().zone())).orElse(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    private static StringBuilder head(SlipTexts texts, String title, String root, String below) {
        StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"" + texts.tag() + "\" dir=\"" + texts.direction() + "\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" + escaped(title) + "</title>\n<link rel=\"stylesheet\" href=\"" + root
                + "style.css\">\n</head>\n<body>\n<nav aria-label=\"" + escaped(texts.say("languages")) + "\">");
        SlipTexts.ALL.values().forEach(other -> page.append("<a href=\"").append(root).append(other.tag()).append(below).append("\" lang=\"").append(other.tag())
                .append(other == texts ? "\" aria-current=\"page\">" : "\">").append(other.name()).append("</a>\n"));
        return page.append("</nav>\n<main>\n<h1>").append(escaped(title)).append("</h1>\n");
    }

    private static void paragraph(StringBuilder page, String text) {
        page.append("<p>").append(escaped(text)).append("</p>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static void send(ServerResponse response, StringBuilder page) {
        response.header(POLICY);
        Answers.send(response, HTML, Answers.NO_CACHE, page.append("</main>\n</body>\n</html>\n").toString().getBytes(StandardCharsets.UTF_8));
    }
}
