package org.safeconduct.core.register;

import java.time.DateTimeException;
import java.time.MonthDay;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Text;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;

/**
 * The closed set of values of an attribute (spec/register.md section 2.3). A value is exactly one of these strings:
 * another case, space or invisible mark would let an issuer mark one holder.
 */
public sealed interface Domain {
    /** Longest value of a list in UTF-8 bytes. */
    int LONGEST_VALUE = 40;

    /** Returns whether the string is one of the values. */
    boolean contains(String value);

    /** Returns how many values there are, 1 to 1,000. */
    int count();

    /** Returns the UTF-8 length of the longest value, 1 to 40. */
    int longest();

    /** Returns the JSON object. */
    Json json();

    /** The values themselves: 1 to 1,000 different texts of at most 40 bytes. */
    record Listed(List<String> values) implements Domain {
        public Listed {
            values = List.copyOf(values);
        }

        @Override
        public boolean contains(String value) {
            return values.contains(value);
        }

        @Override
        public int count() {
            return values.size();
        }

        @Override
        public int longest() {
            return values.stream().mapToInt(value -> Utf8.print(value).length).max().orElseThrow();
        }

        @Override
        public Json json() {
            return Json.object("kind", "list", "values", values);
        }
    }

    /** {@code MM-DD}, the 366 days of a leap year. */
    record DayMonth() implements Domain {
        private static final Pattern FORM = Pattern.compile("[0-9]{2}-[0-9]{2}");

        @Override
        public boolean contains(String value) {
            if (!FORM.matcher(value).matches()) {
                return false;
            }
            try {
                MonthDay.of(Integer.parseInt(value.substring(0, 2)), Integer.parseInt(value.substring(3)));
                return true;
            } catch (DateTimeException e) {
                return false;
            }
        }

        @Override
        public int count() {
            return 366;
        }

        @Override
        public int longest() {
            return 5;
        }

        @Override
        public Json json() {
            return Json.object("kind", "day-month");
        }
    }

    /** {@code A} to {@code Z}, or {@code -} where there is none. */
    record Letter() implements Domain {
        @Override
        public boolean contains(String value) {
            return value.length() == 1 && (value.charAt(0) >= 'A' && value.charAt(0) <= 'Z' || value.equals("-"));
        }

        @Override
        public int count() {
            return 27;
        }

        @Override
        public int longest() {
            return 1;
        }

        @Override
        public Json json() {
            return Json.object("kind", "letter");
        }
    }

    /** Four digits from first to last, 1900 ≤ first ≤ last ≤ 2199. */
    record Year(int first, int last) implements Domain {
        private static final Pattern FORM = Pattern.compile("[0-9]{4}");

        @Override
        public boolean contains(String value) {
            return FORM.matcher(value).matches() && Integer.parseInt(value) >= first && Integer.parseInt(value) <= last;
        }

        @Override
        public int count() {
            return last - first + 1;
        }

        @Override
        public int longest() {
            return 4;
        }

        @Override
        public Json json() {
            return Json.object("first", first, "kind", "year", "last", last);
        }
    }

    /** Reads a domain. */
    static Domain read(Json json) throws MalformedException {
        switch (json.members().getOrDefault("kind", Json.of(null)).string()) {
            case "list" -> {
                Map<String, Json> m = json.members("kind", "values");
                return new Listed(Fields.different(Fields.list(m.get("values"), 1, 1000, Domain::value), v -> v));
            }
            case "day-month" -> {
                json.members("kind");
                return new DayMonth();
            }
            case "letter" -> {
                json.members("kind");
                return new Letter();
            }
            case "year" -> {
                Map<String, Json> m = json.members("first", "kind", "last");
                int first = (int) m.get("first").whole(1900, 2199);
                return new Year(first, (int) m.get("last").whole(first, 2199));
            }
            default -> throw new MalformedException("A domain is of an unknown kind.");
        }
    }

    private static String value(Json json) throws MalformedException {
        String value = Text.checkUnjoined(json.string(), LONGEST_VALUE);
        if (Utf8.print(value).length > LONGEST_VALUE) {
            throw new MalformedException("A value has at most " + LONGEST_VALUE + " bytes.");
        }
        return value;
    }
}
