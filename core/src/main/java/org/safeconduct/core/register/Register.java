package org.safeconduct.core.register;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.safeconduct.core.wire.Ed25519Key;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Proquint;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bbs.BbsPublicKey;

/**
 * The lines of one office, each valid by itself and in its place (spec/register.md section 2). Immutable and safe to
 * share between threads; growing by a line costs the same at any size.
 */
public final class Register {
    /** Most lines of a register (spec/register.md section 5.7). */
    public static final int LONGEST = 100_000;
    /** So long after an epoch its key is to be public; then it is overdue (5.4). */
    public static final Duration OVERDUE_AFTER = Duration.ofDays(30);
    /** So long after an unpublished epoch no other epoch may begin (5.4). */
    public static final Duration SUSPENDED_AFTER = Duration.ofDays(60);

    private final History history;
    private final int size;
    /** Computed at first use: when the earliest epoch ended that is not closed. */
    private volatile Instant earliestUnclosed;

    private Register(History history, int size) {
        this.history = history;
        this.size = size;
    }

    /** @throws MalformedException if a line is not valid in its place, or there is none */
    public static Register of(List<byte[]> lines) throws MalformedException {
        return new Register(new History(), 0).appendAll(lines).orElseRefuse();
    }

    private Register orElseRefuse() throws MalformedException {
        if (size == 0) {
            throw new MalformedException("A register begins with an office line.");
        }
        return this;
    }

    /** Returns the register with one more line. @throws MalformedException if the line is not valid in that place */
    public Register append(byte[] bytes) throws MalformedException {
        if (size == LONGEST) {
            throw new MalformedException("A register has at most " + LONGEST + " lines.");
        }
        byte[] own = bytes.clone();
        Line line = Line.parse(own);
        Hash leaf = Line.leaf(own);
        Place.check(this, line, leaf);
        if (history.add(size, line, leaf, own)) {
            return new Register(history, size + 1);
        }
        History branch = history.prefix(size);
        branch.add(size, line, leaf, own);
        return new Register(branch, size + 1);
    }

    /** Returns the register with these lines after its own. @throws MalformedException as {@link #append} */
    public Register appendAll(List<byte[]> lines) throws MalformedException {
        Register register = this;
        for (byte[] line : lines) {
            register = register.append(line);
        }
        return register;
    }

    /** Returns the number of lines. */
    public int size() {
        return size;
    }

    /** Returns the office. */
    public Office office() {
        return (Office) history.entry(0).line();
    }

    /** Returns the leaf hash of line 0, the lasting name of the office. */
    public Hash officeLeaf() {
        return history.entry(0).placed().leaf();
    }

    /** Returns the words of {@link #officeLeaf}. */
    public String officeWords() {
        return Proquint.words(officeLeaf());
    }

    /** Returns the root of all lines. */
    public Hash root() {
        return rootOf(size);
    }

    /** Returns the root of the first lines. @param count 1 to {@link #size} */
    public Hash rootOf(int count) {
        if (count < 1 || count > size) {
            throw new IllegalArgumentException("This register has 1 to " + size + " lines.");
        }
        return history.rootOf(count);
    }

    /** Returns the words of {@link #root}, which people compare aloud. */
    public String words() {
        return Proquint.words(root());
    }

    /** Returns a copy of the bytes of a line. @param position 0 to size - 1 */
    public byte[] bytes(int position) {
        return entry(position).bytes().clone();
    }

    /** Returns a line in its place. @param position 0 to size - 1 */
    public Placed<Line> at(int position) {
        return entry(position).placed();
    }

    /** Returns the line at a position, if there is one and it is of this type. */
    public <T extends Line> Optional<Placed<T>> at(long position, Class<T> type) {
        return position < 0 || position >= size ? Optional.empty() : typed(at((int) position), type);
    }

    /** Returns the line of a leaf hash, if there is one and it is of this type. */
    public <T extends Line> Optional<Placed<T>> find(Hash leaf, Class<T> type) {
        return at((long) history.position(leaf), type);
    }

    /** Returns the scheme of an id. */
    public Optional<Placed<Scheme>> scheme(String id) {
        return at((long) history.schemeId(id), Scheme.class);
    }

    /** Returns all lines of a type, in order. */
    public <T extends Line> Stream<Placed<T>> all(Class<T> type) {
        return history.entries(size).stream().flatMap(entry -> typed(entry.placed(), type).stream());
    }

    /** Returns the epochs of a scheme, in order of their lines. */
    public List<Placed<Epoch>> epochs(Hash scheme) {
        return history.epochs(scheme).stream().flatMap(position -> at((long) position, Epoch.class).stream()).toList();
    }

    /** Returns the epoch of a scheme by its number. */
    Optional<Placed<Epoch>> epoch(Hash scheme, int number, boolean spare) {
        return at((long) history.epoch(scheme, number, spare), Epoch.class);
    }

    /** Returns the main epoch of a scheme that stands last. */
    Optional<Placed<Epoch>> lastMain(Hash scheme) {
        return at((long) history.lastMain(scheme, size), Epoch.class);
    }

    /** Returns the line that stopped a scheme, asker or epoch. */
    public Optional<Placed<Stop>> stop(Hash target) {
        return at((long) history.stop(target), Stop.class);
    }

    /** Returns the line that closed an epoch. */
    public Optional<Placed<Closed>> closed(Hash epoch) {
        return at((long) history.closing(epoch), Closed.class);
    }

    /** Returns the key that signs a checkpoint of this size (spec/register.md section 2.2). @param count 1 to size */
    public Ed25519Key registerKey(int count) {
        return rotationsBelow(count).reduce((first, second) -> second).map(rotation -> rotation.line().key())
                .orElse(office().registerKey());
    }

    /** Returns whether a checkpoint of some size is or was signed by this key. */
    boolean isRegisterKey(Ed25519Key key) {
        return key.equals(office().registerKey())
                || rotationsBelow(size).anyMatch(rotation -> rotation.line().key().equals(key));
    }

    Stream<Placed<KeyRotation>> rotationsBelow(int count) {
        return history.rotations().stream().filter(position -> position < count)
                .flatMap(position -> at((long) position, KeyRotation.class).stream());
    }

    boolean holdsKey(BbsPublicKey key) {
        return at((long) history.epochKey(key), Epoch.class).isPresent();
    }

    /**
     * Returns whether a scheme, epoch or asker of this register is valid at a time, or the first reason why not.
     *
     * @throws IllegalArgumentException if the leaf is none of those
     */
    public Validity validity(Hash leaf, Instant time) {
        // spec/register.md, section 5.3: the scheme's reasons first.
        int position = history.position(leaf);
        return switch (position < 0 || position >= size ? null : at(position).line()) {
            case Scheme scheme -> schemeValidity(leaf, scheme, time);
            case Epoch epoch -> {
                Validity scheme = validity(epoch.scheme(), time);
                yield scheme == Validity.VALID ? epochValidity(leaf, epoch, time) : scheme;
            }
            case Asker asker -> {
                Validity scheme = validity(asker.scheme(), time);
                yield scheme == Validity.VALID ? askerValidity(leaf, asker, time) : scheme;
            }
            case null, default -> throw new IllegalArgumentException("This is no scheme, epoch or asker here.");
        };
    }

    private Validity schemeValidity(Hash leaf, Scheme scheme, Instant time) {
        return isStopped(leaf, time) ? Validity.SCHEME_STOPPED
                : !time.isBefore(scheme.sunset()) ? Validity.SCHEME_OVER : Validity.VALID;
    }

    private Validity epochValidity(Hash leaf, Epoch epoch, Instant time) {
        return closed(leaf).isPresent() ? Validity.EPOCH_CLOSED
                : isStopped(leaf, time) ? Validity.EPOCH_STOPPED
                : isSuspended(epoch) ? Validity.EPOCH_SUSPENDED
                : epoch.spare() && !isStopped(mainOf(epoch), time) ? Validity.EPOCH_SPARE
                : time.isBefore(epoch.from()) ? Validity.EPOCH_NOT_YET
                : !time.isBefore(epoch.until()) ? Validity.EPOCH_OVER : Validity.VALID;
    }

    private Validity askerValidity(Hash leaf, Asker asker, Instant time) {
        return isStopped(leaf, time) ? Validity.ASKER_STOPPED
                : !time.isBefore(asker.until()) ? Validity.ASKER_OVER : Validity.VALID;
    }

    private boolean isStopped(Hash leaf, Instant time) {
        return stop(leaf).filter(stop -> !time.isBefore(stop.line().from())).isPresent();
    }

    private Hash mainOf(Epoch spare) {
        return epoch(spare.scheme(), spare.number(), false).orElseThrow().leaf();
    }

    private boolean isSuspended(Epoch epoch) {
        if (earliestUnclosed == null) {
            earliestUnclosed = unclosed().map(unclosed -> unclosed.line().until())
                    .min(Instant::compareTo).orElse(Instant.MAX.minus(SUSPENDED_AFTER));
        }
        return !epoch.from().isBefore(earliestUnclosed.plus(SUSPENDED_AFTER));
    }

    private Stream<Placed<Epoch>> unclosed() {
        return all(Epoch.class).filter(epoch -> closed(epoch.leaf()).isEmpty());
    }

    /** Returns the epochs whose secret key should be public by now and is not; clients show them. */
    public List<Placed<Epoch>> overdue(Instant time) {
        return unclosed().filter(epoch -> !time.isBefore(epoch.line().until().plus(OVERDUE_AFTER))).toList();
    }

    private History.Entry entry(int position) {
        if (position < 0 || position >= size) {
            throw new IllegalArgumentException("This register has " + size + " lines.");
        }
        return history.entry(position);
    }

    private static <T extends Line> Optional<Placed<T>> typed(Placed<Line> placed, Class<T> type) {
        return type.isInstance(placed.line())
                ? Optional.of(new Placed<>(placed.position(), placed.leaf(), type.cast(placed.line())))
                : Optional.empty();
    }
}
