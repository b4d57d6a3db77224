package org.safeconduct.core.register;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Text;
import org.safeconduct.crypto.MalformedException;

/** How the members that several line types share are read and written (spec/register.md section 1). */
final class Fields {
    private Fields() {}

    /** Reads one item of a list. */
    interface Reader<T> {
        T read(Json json) throws MalformedException;
    }

    static <T> List<T> list(Json json, int least, int most, Reader<T> reader) throws MalformedException {
        List<T> items = new ArrayList<>();
        for (Json item : json.items(least, most)) {
            items.add(reader.read(item));
        }
        return List.copyOf(items);
    }

    /** A list whose items differ in what {@code name} returns. */
    static <T> List<T> different(List<T> items, Function<T, ?> name) throws MalformedException {
        HashSet<Object> seen = new HashSet<>();
        for (T item : items) {
            if (!seen.add(name.apply(item))) {
                throw new MalformedException("A list repeats an item.");
            }
        }
        return items;
    }

    /** Ascending indexes below {@code count}, without repeats. */
    static List<Integer> indexes(Json json, int count) throws MalformedException {
        List<Integer> indexes = list(json, 0, count, item -> (int) item.whole(0, count - 1L));
        for (int i = 1; i < indexes.size(); i++) {
            if (indexes.get(i) <= indexes.get(i - 1)) {
                throw new MalformedException("A list of indexes does not ascend.");
            }
        }
        return indexes;
    }

    static OptionalInt indexOrNull(Json json, int count) throws MalformedException {
        return json.isNull() ? OptionalInt.empty() : OptionalInt.of((int) json.whole(0, count - 1L));
    }

    static Json indexOrNull(OptionalInt index) {
        return Json.of(index.isPresent() ? index.getAsInt() : null);
    }

    static String shortText(Json json) throws MalformedException {
        return Text.check(json.string(), Text.SHORT);
    }

    static String id(Json json) throws MalformedException {
        return Text.id(json.string());
    }

    /** Something the reader must find exactly so. */
    static void constant(Map<String, Json> members, String name, Object value) throws MalformedException {
        if (!members.get(name).equals(Json.of(value))) {
            throw new MalformedException("The member " + name + " is not " + value + ".");
        }
    }
}
