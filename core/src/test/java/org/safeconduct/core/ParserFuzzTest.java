package org.safeconduct.core;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.safeconduct.core.register.Bundles;
import org.safeconduct.core.register.Checkpoint;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Line;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.wire.Base45;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Ed25519Key;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;

/**
 * A fuzz target for every parser of wire and register: whatever the bytes, the parser refuses them as malformed or
 * returns a value that prints to the same bytes. Runs its first inputs in every build; with {@code JAZZER_FUZZ=1} and
 * one test chosen it searches.
 */
class ParserFuzzTest {
    private interface Parser {
        /** Returns what the parsed value prints. */
        byte[] reprint(byte[] bytes) throws MalformedException;
    }

    private static void check(byte[] bytes, Parser parser) {
        byte[] printed;
        try {
            printed = parser.reprint(bytes);
        } catch (MalformedException e) {
            return;
        }
        if (!Arrays.equals(bytes, printed)) {
            throw new AssertionError("A parser accepted what it would not print.");
        }
    }

    @FuzzTest(maxDuration = "10s")
    void cbor(byte[] bytes) {
        check(bytes, in -> Cbor.parse(in).print());
    }

    @FuzzTest(maxDuration = "10s")
    void json(byte[] bytes) {
        check(bytes, in -> Json.parse(in).print());
    }

    @FuzzTest(maxDuration = "10s")
    void line(byte[] bytes) {
        check(bytes, in -> Line.parse(in).print());
    }

    @FuzzTest(maxDuration = "10s")
    void schemeDraft(byte[] bytes) {
        check(bytes, in -> {
            Scheme.draft(in);
            return in;
        });
    }

    @FuzzTest(maxDuration = "10s")
    void checkpoint(byte[] bytes) {
        check(bytes, in -> Checkpoint.parse(in).print());
    }

    @FuzzTest(maxDuration = "10s")
    void base45(byte[] bytes) {
        check(bytes, in -> Base45.print(Base45.parse(latin(in))).getBytes(StandardCharsets.ISO_8859_1));
    }

    @FuzzTest(maxDuration = "10s")
    void code(byte[] bytes) {
        check(bytes, in -> {
            Code.SHOWING.parse(latin(in));
            return in;
        });
    }

    @FuzzTest(maxDuration = "10s")
    void ed25519Key(byte[] bytes) {
        check(bytes, in -> Ed25519Key.parse(in).bytes());
    }

    @FuzzTest(maxDuration = "10s")
    void knownRegister(byte[] bytes) {
        check(bytes, in -> KnownRegister.parse(in).print());
    }

    @FuzzTest(maxDuration = "10s")
    void index(byte[] bytes) {
        check(bytes, in -> Bundles.index(Bundles.parseIndex(in, 600)));
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
