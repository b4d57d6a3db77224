package org.safeconduct.core.register;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;

/**
 * The files in which a register is published, the same for everybody and named by their content
 * (spec/register.md section 6).
 */
public final class Bundles {
    /** Lines of a full bundle; all but the last are full. */
    public static final int LINES = 256;
    /** Longest bundle in bytes: so many lines of the longest kind, each with its LF. */
    public static final int LONGEST = LINES * (16_384 + 1);

    private static final int INDEX_LINE = 2 * Hash.LENGTH + 1;

    private Bundles() {}

    /** Returns how many bundles a register of this size has. */
    public static int count(int size) {
        return (size + LINES - 1) / LINES;
    }

    /** Returns bundle k of a register. @param k 0 to count - 1 */
    public static byte[] bundle(Register register, int k) {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        for (int i = k * LINES; i < Math.min(register.size(), (k + 1) * LINES); i++) {
            bundle.writeBytes(register.bytes(i));
            bundle.write('\n');
        }
        return bundle.toByteArray();
    }

    /** Returns the name of a bundle: SHA-256 of its bytes. */
    public static Hash name(byte[] bundle) {
        return Hash.sha256(bundle);
    }

    /** Returns the index of these bundles, in order. */
    public static byte[] index(List<Hash> names) {
        StringBuilder index = new StringBuilder();
        names.forEach(name -> index.append(name.hex()).append('\n'));
        return index.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads the index of a register of a given size.
     *
     * @throws MalformedException if it does not have a name for each bundle, or anything else
     */
    public static List<Hash> parseIndex(byte[] index, int size) throws MalformedException {
        if (index.length != count(size) * INDEX_LINE) {
            throw new MalformedException("An index has one line for each bundle.");
        }
        List<Hash> names = new ArrayList<>();
        for (int at = 0; at < index.length; at += INDEX_LINE) {
            if (index[at + INDEX_LINE - 1] != '\n') {
                throw new MalformedException("A line of an index has no end.");
            }
            names.add(Hash.parse(new String(index, at, INDEX_LINE - 1, StandardCharsets.ISO_8859_1)));
        }
        return List.copyOf(names);
    }

    /**
     * Reads bundle k of a register of a given size.
     *
     * @throws MalformedException if the bytes are not those of the name, or not exactly the lines of that bundle
     */
    public static List<byte[]> parse(byte[] bundle, Hash name, int k, int size) throws MalformedException {
        int count = Math.min(LINES, size - k * LINES);
        if (bundle.length > LONGEST || !name(bundle).equals(name)) {
            throw new MalformedException("A bundle is not the one that was named.");
        }
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bundle.length; i++) {
            if (bundle[i] == '\n') {
                lines.add(Arrays.copyOfRange(bundle, start, i));
                start = i + 1;
            }
        }
        if (start != bundle.length || lines.size() != count) {
            throw new MalformedException("A bundle does not hold the lines it should.");
        }
        return lines;
    }
}
