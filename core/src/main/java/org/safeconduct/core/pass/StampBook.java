package org.safeconduct.core.pass;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.crypto.MalformedException;

/**
 * The stamps that were used in one scope of one epoch (spec/pass.md section 6).
 *
 * <p>Sorted, and without time, order or door: who takes the device learns which stamps were used and nothing about when.
 * Beside its own stamps it holds the prefixes it learned from paired doors. Not for several threads at once.
 */
public final class StampBook {
    /** How long after its epoch a book is kept by a device that has only its own clock to tell that it is over. */
    public static final Duration KEPT_BY_CLOCK = Duration.ofHours(48);

    private static final int HEAD = 32 + 1 + 4 + 4;

    private final Hash epoch;
    private final int scope;
    private final TreeSet<byte[]> stamps = new TreeSet<>(Arrays::compareUnsigned);
    /** Of the own stamps and of those learned. */
    private final TreeSet<byte[]> prefixes = new TreeSet<>(Arrays::compareUnsigned);

    private StampBook(Hash epoch, int scope) {
        if (scope < 0 || scope >= Ask.MOST_SCOPES) {
            throw new IllegalArgumentException("No scheme has this scope.");
        }
        this.epoch = epoch;
        this.scope = scope;
    }

    /** An empty book. @param epoch leaf of the epoch line; @param scope index of the scope, 0 to 3 */
    public static StampBook of(Hash epoch, int scope) {
        return new StampBook(epoch, scope);
    }

    /** Leaf of the epoch line. */
    public Hash epoch() {
        return epoch;
    }

    /** Index of the scope. */
    public int scope() {
        return scope;
    }

    /** How many stamps this door recorded itself. */
    public int size() {
        return stamps.size();
    }

    /** Returns whether the stamp was recorded here or its prefix was learned from a paired door. */
    public boolean contains(Stamp stamp) {
        check(stamp.epoch(), stamp.scope());
        return prefixes.contains(stamp.prefix());
    }

    /** Records a stamp. Returns whether it was new; if not, it was used meanwhile and nothing changes. */
    public boolean record(Stamp stamp) {
        check(stamp.epoch(), stamp.scope());
        if (contains(stamp)) {
            return false;
        }
        stamps.add(stamp.bytes());
        return prefixes.add(stamp.prefix());
    }

    /** Takes over what a paired door says is used. */
    public void learn(StampExchange exchange) {
        check(exchange.epoch(), exchange.scope());
        for (String prefix : exchange.prefixes()) {
            prefixes.add(java.util.HexFormat.of().parseHex(prefix));
        }
    }

    /** Returns everything known here, learned prefixes too, in as many codes as it takes; one for an empty book. */
    public List<StampExchange> exchange() {
        List<String> all = prefixes.stream().map(Hex::print).toList();
        int parts = Math.max(1, Math.ceilDiv(all.size(), StampExchange.MOST_PREFIXES));
        List<StampExchange> codes = new ArrayList<>(parts);
        for (int part = 0; part < parts; part++) {
            int from = part * StampExchange.MOST_PREFIXES;
            int to = Math.min(from + StampExchange.MOST_PREFIXES, all.size());
            codes.add(new StampExchange(epoch, scope, part, parts, all.subList(from, to)));
        }
        return codes;
    }

    /** Forgets everything: when the epoch is surely over, or when the door is taken down. */
    public void erase() {
        stamps.clear();
        prefixes.clear();
    }

    /** The book for this door's storage: epoch ‖ scope ‖ two counts (4 bytes each) ‖ stamps ‖ prefixes, both ascending. */
    public byte[] toBytes() {
        byte[] head = Bytes.join(epoch.bytes(), Bytes.i2osp(scope, 1), Bytes.i2osp(stamps.size(), 4),
                Bytes.i2osp(prefixes.size(), 4));
        return Bytes.join(head, Bytes.join(stamps.toArray(byte[][]::new)), Bytes.join(prefixes.toArray(byte[][]::new)));
    }

    /**
     * Reads what {@link #toBytes} wrote. Stamps are compared and never calculated with, so they are not checked to be
     * points: that happened before they were recorded.
     *
     * @throws MalformedException if the bytes are not the one form of a book
     */
    public static StampBook parse(byte[] bytes) throws MalformedException {
        if (bytes.length < HEAD || bytes[32] < 0 || bytes[32] >= Ask.MOST_SCOPES) {
            throw new MalformedException("The bytes are not a stamp book.");
        }
        StampBook book = new StampBook(Hash.parse(Arrays.copyOf(bytes, 32)), bytes[32]);
        long stamps = count(bytes, 33);
        long prefixes = count(bytes, 37);
        if (bytes.length != HEAD + stamps * Stamp.LENGTH + prefixes * Stamp.PREFIX) {
            throw new MalformedException("The stamp book does not have the length it says.");
        }
        int at = HEAD;
        for (long i = 0; i < stamps; i++, at += Stamp.LENGTH) {
            byte[] stamp = Arrays.copyOfRange(bytes, at, at + Stamp.LENGTH);
            book.record(new Stamp(book.epoch, book.scope, stamp));
        }
        for (; at < bytes.length; at += Stamp.PREFIX) {
            book.prefixes.add(Arrays.copyOfRange(bytes, at, at + Stamp.PREFIX));
        }
        if (!Arrays.equals(book.toBytes(), bytes)) {
            throw new MalformedException("The stamp book does not print to the same bytes.");
        }
        return book;
    }

    private static long count(byte[] bytes, int at) {
        return Integer.toUnsignedLong(java.nio.ByteBuffer.wrap(bytes).getInt(at));
    }

    private void check(Hash otherEpoch, int otherScope) {
        if (!epoch.equals(otherEpoch) || scope != otherScope) {
            throw new IllegalArgumentException("This belongs into the book of another epoch or scope.");
        }
    }

    @Override
    public String toString() {
        return "StampBook[" + stamps.size() + " stamps]";
    }
}
