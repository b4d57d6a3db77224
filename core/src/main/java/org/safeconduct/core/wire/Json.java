package org.safeconduct.core.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.safeconduct.crypto.MalformedException;

/**
 * One value of our narrow JSON (spec/register.md section 1.1): RFC 8785 with whole numbers only.
 *
 * <p>Objects keep their members sorted by UTF-16 code units, which is the order of {@link String#compareTo}, so that a
 * value prints in one way only. {@link #parse} is for what travels; {@link #parseLoosely} is for files that people
 * write by hand and that are printed before they are published.
 */
public final class Json {
    /** Longest register line, in bytes. */
    public static final int LONGEST_LINE = 16_384;
    /** Deepest nesting of objects and arrays. */
    public static final int DEEPEST = 6;
    /** Largest whole number: 2^53 - 1. */
    public static final long LARGEST = (1L << 53) - 1;

    private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,15}");
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST).maxStringLength(Integer.MAX_VALUE).maxNameLength(LONGEST_LINE).build())
            .build();

    /** Map of String to Json, List of Json, String, Long, Boolean, or null. */
    private final Object value;

    private Json(Object value) {
        this.value = value;
    }

    /**
     * Returns the value for a Map (with String keys), List, String, Integer or Long (0 to 2^53-1), Boolean, Hash (as
     * hex), Json, or null.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Json of(Object value) {
        return switch (value) {
            case null -> new Json(null);
            case Json json -> json;
            case Integer number -> of(number.longValue());
            case Long number when number >= 0 && number <= LARGEST -> new Json(number);
            case Boolean truth -> new Json(truth);
            case Hash hash -> new Json(hash.hex());
            case String text -> new Json(text);
            case List<?> list -> new Json(list.stream().map(Json::of).toList());
            case Map<?, ?> map -> {
                Map<String, Json> members = new TreeMap<>();
                map.forEach((name, member) -> members.put((String) name, of(member)));
                yield new Json(Collections.unmodifiableMap(members));
            }
            default -> throw new IllegalArgumentException("This has no form in our JSON.");
        };
    }

    /** Returns the object of these names and values, given in turn. */
    public static Json object(Object... namesAndValues) {
        Map<String, Object> members = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return of(members);
    }

    /** Returns the members of an object that has exactly these names. */
    public Map<String, Json> members(String... names) throws MalformedException {
        Map<String, Json> members = members();
        for (String name : names) {
            if (!members.containsKey(name)) {
                throw new MalformedException("The member " + name + " is missing.");
            }
        }
        if (members.size() != Set.of(names).size()) {
            throw new MalformedException("An object holds a member that has no place there.");
        }
        return members;
    }

    /** Returns the members of an object, whatever their names, in their order. */
    public Map<String, Json> members() throws MalformedException {
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked")
            Map<String, Json> members = (Map<String, Json>) map;
            return members;
        }
        throw new MalformedException("A JSON object is missing.");
    }

    /** Returns the items of an array of {@code least} to {@code most} items. */
    public List<Json> items(int least, int most) throws MalformedException {
        if (value instanceof List<?> list && list.size() >= least && list.size() <= most) {
            return list.stream().map(Json.class::cast).toList();
        }
        throw new MalformedException("A list of " + least + " to " + most + " items is missing.");
    }

    /** Returns a string, unchecked but for being Unicode. */
    public String string() throws MalformedException {
        if (value instanceof String text) {
            return text;
        }
        throw new MalformedException("A string is missing.");
    }

    /** Returns a whole number of {@code least} to {@code most}. */
    public long whole(long least, long most) throws MalformedException {
        if (value instanceof Long number && number >= least && number <= most) {
            return number;
        }
        throw new MalformedException("A whole number from " + least + " to " + most + " is missing.");
    }

    /** Returns true or false. */
    public boolean truth() throws MalformedException {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw new MalformedException("A true or false is missing.");
    }

    /** Returns whether this is null. */
    public boolean isNull() {
        return value == null;
    }

    /** Returns the one canonical form, without a line end. */
    public byte[] print() {
        return Utf8.print(toString());
    }

    /**
     * Reads a register line.
     *
     * @throws MalformedException if the bytes are over 16,384 or are not the canonical form of a value of ours
     */
    public static Json parse(byte[] line) throws MalformedException {
        return parse(line, LONGEST_LINE);
    }

    /**
     * Reads a canonical value of at most {@code longest} bytes.
     *
     * @throws MalformedException if the bytes are longer or not canonical
     */
    public static Json parse(byte[] bytes, int longest) throws MalformedException {
        Json value = parseLoosely(bytes, longest);
        if (!Arrays.equals(value.print(), bytes)) {
            throw new MalformedException("The JSON does not print to the same bytes.");
        }
        return value;
    }

    /**
     * Reads a value as people write it: in any order, with white space. Everything else is as in {@link #parse}.
     *
     * @throws MalformedException if the bytes are longer, not UTF-8, not JSON, or hold a value that we do not have
     */
    public static Json parseLoosely(byte[] bytes, int longest) throws MalformedException {
        if (bytes.length > longest) {
            throw new MalformedException("The JSON is longer than " + longest + " bytes.");
        }
        // From a String, not from bytes: Jackson would guess the encoding and skip a byte order mark.
        try (JsonParser parser = FACTORY.createParser(Utf8.parse(bytes))) {
            parser.nextToken();
            Json value = read(parser);
            if (parser.nextToken() != null) {
                throw new MalformedException("Something follows the JSON value.");
            }
            return value;
        } catch (IOException e) {
            throw new MalformedException("This is not the JSON that has a place here.", e);
        }
    }

    private static Json read(JsonParser parser) throws IOException, MalformedException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Json> members = new TreeMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = unicode(parser.currentName());
                    parser.nextToken();
                    members.put(name, read(parser));
                }
                yield new Json(Collections.unmodifiableMap(members));
            }
            case START_ARRAY -> {
                List<Json> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(parser));
                }
                yield new Json(Collections.unmodifiableList(items));
            }
            case VALUE_STRING -> new Json(unicode(parser.getText()));
            case VALUE_NUMBER_INT -> new Json(whole(parser.getText()));
            case VALUE_TRUE -> new Json(true);
            case VALUE_FALSE -> new Json(false);
            case VALUE_NULL -> new Json(null);
            case null, default -> throw new MalformedException("A JSON value is of a kind that has no place here.");
        };
    }

    private static String unicode(String text) throws MalformedException {
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (c >= 0xd800 && c <= 0xdfff) {
                throw new MalformedException("A string holds a lone surrogate.");
            }
        }
        return text;
    }

    private static Long whole(String digits) throws MalformedException {
        // The token's text, not its value: -0 and numbers above 2^53-1 must not be mended.
        if (!WHOLE.matcher(digits).matches() || Long.parseLong(digits) > LARGEST) {
            throw new MalformedException("A number is not a whole number from 0 to 2^53-1.");
        }
        return Long.valueOf(digits);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Json that && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    /** Returns the canonical form as text. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        print(out);
        return out.toString();
    }

    private void print(StringBuilder out) {
        switch (value) {
            case Map<?, ?> members -> {
                String before = "{";
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    quote(out.append(before), (String) member.getKey());
                    ((Json) member.getValue()).print(out.append(':'));
                    before = ",";
                }
                out.append(members.isEmpty() ? "{}" : "}");
            }
            case List<?> items -> {
                String before = "[";
                for (Object item : items) {
                    ((Json) item).print(out.append(before));
                    before = ",";
                }
                out.append(items.isEmpty() ? "[]" : "]");
            }
            case String text -> quote(out, text);
            case null, default -> out.append(value);
        }
    }

    private static void quote(StringBuilder out, String text) {
        // RFC 8785, section 3.2.2.2.
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
