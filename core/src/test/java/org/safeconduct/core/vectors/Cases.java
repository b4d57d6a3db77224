package org.safeconduct.core.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * Collects the cases of one file of {@code vectors/}. Whether a case is valid is written by hand at the case; adding it
 * asserts that the code agrees, and fills in what a valid case is expected to yield.
 */
public final class Cases {
    /** Reads the input of a case and returns what it yields. */
    public interface Reader {
        Object read() throws MalformedException, VerificationException;
    }

    private final List<Json> cases = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private int refused;

    /** No cases yet. */
    public Cases() {}

    public void valid(String kind, String name, Object input, Map<String, Object> more, Reader reader) {
        try {
            add(kind, name, input, more, true, reader.read());
        } catch (MalformedException | VerificationException e) {
            throw new AssertionError("Should be valid: " + kind + ": " + name, e);
        }
    }

    public void refused(String kind, String name, Object input, Map<String, Object> more, Reader reader) {
        try {
            reader.read();
        } catch (MalformedException e) {
            add(kind, name, input, more, false, Json.object("failure", "malformed"));
            return;
        } catch (VerificationException e) {
            add(kind, name, input, more, false, Json.object("failure", "verification"));
            return;
        }
        throw new AssertionError("Should be refused: " + kind + ": " + name);
    }

    /** A case whose outcome is one of several words; valid says whether the word is the good one. */
    public void outcome(String kind, String name, Object input, String outcome, String good, Reader reader) {
        try {
            assertEquals(outcome, reader.read(), name);
        } catch (MalformedException | VerificationException e) {
            throw new AssertionError(name, e);
        }
        add(kind, name, input, Map.of(), outcome.equals(good), Json.object("outcome", outcome));
    }

    private void add(String kind, String name, Object input, Map<String, Object> more, boolean valid, Object expect) {
        assertTrue(names.add(kind + ": " + name), "two cases of one name: " + kind + ": " + name);
        refused += valid ? 0 : 1;
        Map<String, Object> members = new HashMap<>(more);
        members.putAll(Map.of("name", name, "kind", kind, "input", input, "valid", valid, "expect", expect));
        cases.add(Json.of(members));
    }

    /** Asserts that the committed file is exactly these cases, one a line. The other text is left in target/vectors. */
    public void compare(String file) throws IOException {
        assertTrue(2 * refused >= cases.size(), "at least half of the cases are refusals: " + refused + " of " + cases.size());
        StringBuilder text = new StringBuilder("[\n");
        for (Json json : cases) {
            text.append(json).append(json == cases.getLast() ? "\n" : ",\n");
        }
        text.append("]\n");
        Path made = Files.createDirectories(Path.of("target", "vectors")).resolve(file);
        Files.write(made, Utf8.print(text.toString()));
        Path committed = Path.of(System.getProperty("safeconduct.home"), "vectors", file);
        assertTrue(Files.exists(committed) && Files.mismatch(committed, made) == -1,
                "vectors/" + file + " is not what its generator makes; if the change is meant, copy core/target/vectors/" + file);
    }
}
