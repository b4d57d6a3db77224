package org.safeconduct.core.pass;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.safeconduct.core.vectors.Cases;
import org.safeconduct.core.wire.Json;

/** What the files of cases of this package share. */
final class CityVectors {
    /** How many lines the city has before a case adds any. */
    static final int LINES = new City().register().size();

    private CityVectors() {}

    /** The first case of every file: the register that all others name. */
    static void addRegister(Cases cases, City city) {
        cases.valid("register", "the city", texts(city.lines), Map.of(), () -> Json.object("root", city.register().root(),
                "travel", city.travel, "meal", city.meal, "trial", city.trial, "gate", city.gate, "today", city.today, "spare", city.spare,
                "tomorrow", city.tomorrow));
    }

    /** The city's lines and what a case added to them. */
    static Json lines(City city) {
        return Json.object("take", LINES, "then", texts(city.lines.subList(LINES, city.lines.size())));
    }

    private static List<String> texts(List<byte[]> lines) {
        return lines.stream().map(line -> new String(line, StandardCharsets.UTF_8)).toList();
    }

    static Json ask(Ask ask) {
        return Json.object("scheme", ask.scheme(), "attributes", ask.attributes(), "scope", Ask.orNull(ask.scope()));
    }
}
