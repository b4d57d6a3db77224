package org.safeconduct.core.wire;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.safeconduct.crypto.MalformedException;

/**
 * One value of our narrow CBOR (spec/pass.md section 2.1): an array, a whole number, a byte string, a text or null.
 *
 * <p>The codec is our own, because with five kinds of value and one way to write each it is smaller than what a general
 * library needs around it to become strict: the reader refuses every other head at the head itself (floats, maps, tags,
 * long forms and indefinite lengths cannot be expressed), and it never allocates more than the input is long. Tests
 * hold it against a general library.
 */
public final class Cbor {
    /** Longest encoding, in bytes, where no other length is named. */
    public static final int LONGEST = 4096;
    /** Deepest nesting of arrays. */
    public static final int DEEPEST = 4;
    /** Largest whole number: 2^53 - 1, the largest that JavaScript holds exactly. */
    public static final long LARGEST = (1L << 53) - 1;

    private static final int WHOLE = 0;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int NULL = 0xf6;

    /** Long, byte[], String, List of Cbor, or null. */
    private final Object value;

    private Cbor(Object value) {
        this.value = value;
    }

    /**
     * Returns the value for an Integer or Long (0 to 2^53-1), {@code byte[]}, {@link Hash}, String, Cbor, List of such,
     * or null.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Cbor of(Object value) {
        return switch (value) {
            case null -> new Cbor(null);
            case Cbor cbor -> cbor;
            case Integer number -> of(number.longValue());
            case Long number when number >= 0 && number <= LARGEST -> new Cbor(number);
            case byte[] bytes -> new Cbor(bytes.clone());
            case Hash hash -> new Cbor(hash.bytes());
            case String text -> new Cbor(text);
            case List<?> list -> new Cbor(list.stream().map(Cbor::of).toList());
            default -> throw new IllegalArgumentException("This has no form in our CBOR.");
        };
    }

    /** Returns an array of {@link #of} each item. */
    public static Cbor array(Object... items) {
        return of(Arrays.asList(items));
    }

    /** Returns the items of an array of exactly {@code count}. */
    public List<Cbor> items(int count) throws MalformedException {
        return items(count, count);
    }

    /** Returns the items of an array of {@code least} to {@code most}. */
    public List<Cbor> items(int least, int most) throws MalformedException {
        if (value instanceof List<?> list && list.size() >= least && list.size() <= most) {
            return list.stream().map(Cbor.class::cast).toList();
        }
        throw new MalformedException("An array of " + range(least, most) + " items is missing.");
    }

    /** Returns a whole number of 0 to {@code most}. */
    public long whole(long most) throws MalformedException {
        if (value instanceof Long number && number <= most) {
            return number;
        }
        throw new MalformedException("A whole number up to " + most + " is missing.");
    }

    /** Returns a byte string of exactly {@code length} bytes. */
    public byte[] bytes(int length) throws MalformedException {
        return bytes(length, length);
    }

    /** Returns a byte string of {@code least} to {@code most} bytes. */
    public byte[] bytes(int least, int most) throws MalformedException {
        if (value instanceof byte[] bytes && bytes.length >= least && bytes.length <= most) {
            return bytes.clone();
        }
        throw new MalformedException("A byte string of " + range(least, most) + " bytes is missing.");
    }

    /** Returns a byte string of 32 bytes as a hash. */
    public Hash hash() throws MalformedException {
        return Hash.parse(bytes(Hash.LENGTH));
    }

    /** Returns a text of at most {@code most} UTF-8 bytes; what else a text must obey is the caller's. */
    public String text(int most) throws MalformedException {
        if (value instanceof String text && Utf8.print(text).length <= most) {
            return text;
        }
        throw new MalformedException("A text of at most " + most + " bytes is missing.");
    }

    /** Returns whether this is null. */
    public boolean isNull() {
        return value == null;
    }

    /** Returns the one encoding of this value, at most {@link #LONGEST} bytes. */
    public byte[] print() {
        return print(LONGEST);
    }

    /** Returns the one encoding of this value, for a form that may be longer than what stands in a code. */
    public byte[] print(int longest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        print(out, 0);
        if (out.size() > longest) {
            throw new IllegalArgumentException("CBOR here has at most " + longest + " bytes.");
        }
        return out.toByteArray();
    }

    private void print(ByteArrayOutputStream out, int depth) {
        switch (value) {
            case null -> out.write(NULL);
            case Long number -> head(out, WHOLE, number);
            case byte[] bytes -> {
                head(out, BYTES, bytes.length);
                out.writeBytes(bytes);
            }
            case String text -> {
                byte[] bytes = Utf8.print(text);
                head(out, TEXT, bytes.length);
                out.writeBytes(bytes);
            }
            case List<?> list -> {
                if (depth == DEEPEST) {
                    throw new IllegalArgumentException("CBOR here nests at most " + DEEPEST + " deep.");
                }
                head(out, ARRAY, list.size());
                list.forEach(item -> ((Cbor) item).print(out, depth + 1));
            }
            default -> throw new IllegalStateException();
        }
    }

    private static void head(ByteArrayOutputStream out, int major, long argument) {
        // RFC 8949, section 4.2.1: the argument in the shortest of 0, 1, 2, 4 or 8 bytes.
        if (argument < 24) {
            out.write(major << 5 | (int) argument);
            return;
        }
        int size = argument < 0x100 ? 0 : argument < 0x10000 ? 1 : argument < 0x100000000L ? 2 : 3;
        out.write(major << 5 | 24 + size);
        out.writeBytes(Bytes.i2osp(argument, 1 << size));
    }

    /**
     * Reads one value that fills the bytes exactly.
     *
     * @throws MalformedException if the bytes are not the one encoding of a value of ours
     */
    public static Cbor parse(byte[] bytes) throws MalformedException {
        return parse(bytes, LONGEST);
    }

    /**
     * Reads one value that fills the bytes exactly, in a form that may be longer than what stands in a code.
     *
     * @throws MalformedException if the bytes are over {@code longest} or are not the one encoding of a value of ours
     */
    public static Cbor parse(byte[] bytes, int longest) throws MalformedException {
        if (bytes.length > longest) {
            throw new MalformedException("CBOR here has at most " + longest + " bytes.");
        }
        Reader reader = new Reader(bytes);
        Cbor value = reader.value(0);
        // Every head was checked to be the shortest; printing again is the rule of the specification and costs little.
        if (reader.at != bytes.length || !Arrays.equals(value.print(longest), bytes)) {
            throw new MalformedException("The CBOR does not print to the same bytes.");
        }
        return value;
    }

    private static final class Reader {
        private final byte[] in;
        private int at;

        Reader(byte[] in) {
            this.in = in;
        }

        Cbor value(int depth) throws MalformedException {
            if (at < in.length && (in[at] & 0xff) == NULL) {
                at++;
                return new Cbor(null);
            }
            int major = at < in.length ? (in[at] & 0xff) >>> 5 : -1;
            long argument = argument();
            return switch (major) {
                case WHOLE -> new Cbor(argument);
                case BYTES -> new Cbor(take(argument));
                case TEXT -> new Cbor(Utf8.parse(take(argument)));
                case ARRAY -> new Cbor(items(argument, depth + 1));
                default -> throw new MalformedException("A CBOR value is of a kind that has no place here.");
            };
        }

        private List<Cbor> items(long count, int depth) throws MalformedException {
            // An item takes a byte at least, so a count beyond the rest is a lie.
            if (depth > DEEPEST || count > in.length - at) {
                throw new MalformedException("A CBOR array is too deep or too long.");
            }
            List<Cbor> items = new ArrayList<>((int) count);
            for (long i = 0; i < count; i++) {
                items.add(value(depth));
            }
            return List.copyOf(items);
        }

        private long argument() throws MalformedException {
            int info = take(1)[0] & 0x1f;
            if (info < 24) {
                return info;
            }
            if (info > 27) {
                throw new MalformedException("A CBOR head has no definite length.");
            }
            long argument = 0;
            for (byte b : take(1L << (info - 24))) {
                argument = argument << 8 | b & 0xff;
            }
            if (argument < 0 || argument > LARGEST) {
                throw new MalformedException("A CBOR number is above 2^53-1.");
            }
            return argument;
        }

        private byte[] take(long length) throws MalformedException {
            if (length > in.length - at) {
                throw new MalformedException("The CBOR ends too early.");
            }
            at += (int) length;
            return Arrays.copyOfRange(in, at - (int) length, at);
        }
    }

    private static String range(int least, int most) {
        return least == most ? "" + least : least + " to " + most;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cbor that && Arrays.equals(print(Integer.MAX_VALUE), that.print(Integer.MAX_VALUE));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(print(Integer.MAX_VALUE));
    }

    /** Says the kind and nothing of the content, which may be secret. */
    @Override
    public String toString() {
        return "Cbor[" + (value == null ? "null" : value.getClass().getSimpleName()) + "]";
    }
}
