package org.safeconduct.core.register;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Time;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * What one client holds of one office and defends against a second register (spec/register.md section 5). Immutable.
 *
 * @param register the lines
 * @param checkpoint the office's signature under exactly these lines
 * @param growths when the client first saw how many lines, ascending in both; the last is the register's size
 * @param latest the latest signed time or clock time seen
 */
public record KnownRegister(Register register, Checkpoint checkpoint, List<Growth> growths, Instant latest) {
    /** A pass is asked for only under an epoch line known for so long, and a register is young for so long. */
    public static final Duration DAY = Duration.ofHours(24);

    /** A clock that is later than the latest cosignature by more is likelier wrong than right (spec/register.md section 5.6). */
    public static final Duration FAR = Duration.ofDays(30);

    /** Longest serialised form in bytes. */
    private static final int LONGEST = 512 << 20;

    /**
     * The client first saw so many lines at this time, in whole seconds.
     *
     * @param size at least 1
     */
    public record Growth(int size, Instant seen) {}

    public KnownRegister {
        growths = List.copyOf(growths);
    }

    /** Takes the first register that this client sees of an office, after a person compared its words. */
    public static Acceptance first(List<byte[]> lines, byte[] checkpoint, Instant now) {
        try {
            Checkpoint signed = Checkpoint.parse(checkpoint);
            if (lines.isEmpty() || !(Line.parse(lines.getFirst()) instanceof Office office)) {
                return new Acceptance.Malformed("A register begins with an office line.");
            }
            signed.verify(lines, office, office.registerKey(), 1);
            Register register = Register.of(lines);
            signed.verify(register);
            if (isAhead(signed.cosignedAt(register.office()), now)) {
                return new Acceptance.Ahead(signed.cosignedAt(register.office()).orElseThrow());
            }
            // A clock that is behind the signature was wrong: the signature tells more about the day.
            Optional<Instant> cosigned = signed.cosignedAt(register.office());
            Instant seen = later(Time.ofClock(now), cosigned);
            return new Acceptance.Accepted(new KnownRegister(register, signed,
                    List.of(new Growth(register.size(), seen)), cosigned.orElse(seen)).saw(now));
        } catch (MalformedException | VerificationException e) {
            return new Acceptance.Malformed(e.getMessage());
        }
    }

    /**
     * Compares a fetched register with this one.
     *
     * @param lines all lines, from line 0 on
     * @param checkpoint the bytes fetched with them
     * @param now this device's clock, wherever it stands
     */
    public Acceptance accept(List<byte[]> lines, byte[] checkpoint, Instant now) {
        try {
            Checkpoint other = Checkpoint.parse(checkpoint);
            if (other.size() <= register.size()) {
                return acceptEarlier(lines, other, now);
            }
            int common = commonLines(lines);
            if (common < register.size()) {
                requireRoot(lines, other);
                return evidence(lines, other);
            }
            other.verify(lines, register.office(), register.registerKey(register.size()), register.size());
            Register longer = register.appendAll(lines.subList(common, lines.size()));
            other.verify(longer);
            Optional<Instant> cosigned = other.cosignedAt(longer.office());
            return isAhead(cosigned, now) ? new Acceptance.Ahead(cosigned.orElseThrow()) : new Acceptance.Accepted(grow(longer, other, now));
        } catch (MalformedException | VerificationException e) {
            return new Acceptance.Malformed(e.getMessage());
        }
    }

    /** A checkpoint of lines already held is compared with their root, whatever lines came with it. */
    private Acceptance acceptEarlier(List<byte[]> lines, Checkpoint other, Instant now)
            throws MalformedException, VerificationException {
        if (agreement(other.size(), other.root()) == Agreement.SPLIT) {
            return evidence(lines, other);
        }
        other.verify(register.office(), register.registerKey(other.size()));
        Optional<Instant> cosigned = other.cosignedAt(register.office());
        if (isAhead(cosigned, now)) {
            return new Acceptance.Ahead(cosigned.orElseThrow());
        }
        KnownRegister known = other.size() == register.size() && isCosignedLater(other) ? with(other) : this;
        return new Acceptance.Accepted(known.settled(now).saw(now));
    }

    /** Returns whether the office's clock, or this one, must be wrong (5.6). */
    private static boolean isAhead(Optional<Instant> cosigned, Instant now) {
        return cosigned.filter(time -> time.isAfter(Time.ofClock(now).plus(DAY))).isPresent();
    }

    /** Damaged lines under an honest checkpoint must not look like a second register. */
    private static void requireRoot(List<byte[]> lines, Checkpoint other) throws MalformedException {
        Tree tree = new Tree();
        lines.forEach(line -> tree.add(Line.leaf(line)));
        if (lines.size() != other.size() || !tree.rootOf(other.size()).equals(other.root())) {
            throw new MalformedException("The lines are not those of the checkpoint.");
        }
    }

    /** Only a checkpoint that a key of this office signed says anything about the office. */
    private Acceptance evidence(List<byte[]> lines, Checkpoint other) throws MalformedException {
        try {
            other.verifySignature(register.office(), register.registerKey(Math.min(other.size(), register.size())));
        } catch (VerificationException e) {
            return rotatedEvidence(lines, other);
        }
        return new Acceptance.NotAnExtension(checkpoint, other);
    }

    /** The other register may have rotated its key; its own lines prove that, back to the same office line. */
    private Acceptance rotatedEvidence(List<byte[]> lines, Checkpoint other) throws MalformedException {
        requireRoot(lines, other);
        Register branch = Register.of(lines);
        try {
            other.verifySignature(branch.office(), branch.registerKey(other.size()));
        } catch (VerificationException e) {
            return new Acceptance.Malformed(e.getMessage());
        }
        return branch.officeLeaf().equals(register.officeLeaf()) ? new Acceptance.NotAnExtension(checkpoint, other)
                : new Acceptance.Malformed("This is the register of another office.");
    }

    private int commonLines(List<byte[]> lines) {
        int common = 0;
        while (common < register.size() && common < lines.size()
                && Arrays.equals(register.bytes(common), lines.get(common))) {
            common++;
        }
        return common;
    }

    private boolean isCosignedLater(Checkpoint other) throws VerificationException {
        Optional<Instant> theirs = other.cosignedAt(register.office());
        return theirs.isPresent() && cosignedAt().map(theirs.get()::isAfter).orElse(true);
    }

    private KnownRegister grow(Register longer, Checkpoint signed, Instant now) throws VerificationException {
        KnownRegister before = settled(now);
        Optional<Instant> cosigned = signed.cosignedAt(longer.office());
        Instant seen = later(later(Time.ofClock(now), cosigned), Optional.of(before.growths.getLast().seen()));
        // By such a clock nobody knows what day it is. The notice begins when the clock is right again, see settled.
        boolean lost = Time.ofClock(now).plus(DAY).isBefore(later(latestSigned(), cosigned));
        List<Growth> more = new ArrayList<>(before.growths);
        more.add(new Growth(longer.size(), lost ? Time.LAST : seen));
        return new KnownRegister(longer, signed, more, latest).sawSigned().saw(now);
    }

    /**
     * Returns this with no growth first seen more than a day ahead of the clock, unless the clock is behind a signed time:
     * then it was ahead, or lost, when that growth was seen, and the notice must begin some time (5.5).
     */
    private KnownRegister settled(Instant now) {
        if (now.isBefore(latestSigned())) {
            return this;
        }
        Instant most = Time.ofClock(Time.ofClock(now).plus(DAY));
        List<Growth> settled = growths.stream()
                .map(growth -> growth.seen.isAfter(most) ? new Growth(growth.size, most) : growth).toList();
        return new KnownRegister(register, checkpoint, settled, latest);
    }

    private Instant latestSigned() {
        return cosignedAt().orElse(Time.FIRST);
    }

    private static Instant later(Instant one, Optional<Instant> other) {
        return other.filter(one::isBefore).orElse(one);
    }

    private KnownRegister with(Checkpoint signed) {
        return new KnownRegister(register, signed, growths, latest).sawSigned();
    }

    private KnownRegister sawSigned() {
        return cosignedAt().map(this::saw).orElse(this);
    }

    /** Returns this, remembering a clock time, unless it is {@linkplain #isFarAhead far ahead} (5.6). */
    public KnownRegister saw(Instant time) {
        Instant seen = Time.ofClock(time);
        return seen.isAfter(latest) && !isFarAhead(seen) ? new KnownRegister(register, checkpoint, growths, seen) : this;
    }

    /** Returns whether this clock time is later than the cosignature by more than {@link #FAR}: nothing is kept or erased by it. */
    public boolean isFarAhead(Instant now) {
        return cosignedAt().filter(signed -> Time.ofClock(now).isAfter(signed.plus(FAR))).isPresent();
    }

    /** Returns whether this clock time is behind one already seen; then a checker cannot tell. */
    public boolean isBehind(Instant now) {
        return now.isBefore(latest);
    }

    /** Returns the time of the office's cosignature, if there is one. */
    public Optional<Instant> cosignedAt() {
        try {
            return checkpoint.cosignedAt(register.office());
        } catch (VerificationException e) {
            throw new IllegalStateException("A checkpoint is kept only if it verifies.", e);
        }
    }

    /** Returns now minus the cosignature's time; empty, which counts as old, without one. */
    public Optional<Duration> age(Instant now) {
        return cosignedAt().map(time -> Duration.between(time, now));
    }

    /** Returns whether the register is younger than 24 hours. */
    public boolean isYoung(Instant now) {
        return age(now).filter(age -> age.compareTo(DAY) < 0).isPresent();
    }

    /** Compares what somebody else's question or checkpoint names (5.2). @param size at least 1 */
    public Agreement agreement(long size, Hash root) {
        return size > register.size() ? Agreement.LATER
                : register.rootOf((int) size).equals(root) ? Agreement.SAME : Agreement.SPLIT;
    }

    /** Returns when this client first saw the line at a position. */
    public Instant firstSeen(int position) {
        return growths.stream().filter(growth -> position < growth.size()).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no such line.")).seen();
    }

    /**
     * Returns whether a pass may be asked for under the epoch line at a position (5.5): a line made up for one person
     * would have to be shown to everybody for a day.
     */
    public boolean hasDaysNotice(int position, Instant now) {
        boolean knownForADay = !now.isBefore(growths.getFirst().seen().plus(DAY));
        return !knownForADay || !now.isBefore(firstSeen(position).plus(DAY));
    }

    /** Returns the form in which a device keeps it: canonical JSON. */
    public byte[] print() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < register.size(); i++) {
            lines.add(new String(register.bytes(i), StandardCharsets.UTF_8));
        }
        return Json.object("checkpoint", checkpoint.toString(),
                "growths", growths.stream().map(g -> Json.object("seen", Time.print(g.seen), "size", g.size)).toList(),
                "latest", Time.print(latest), "lines", lines).print();
    }

    /** Reads what {@link #print} wrote. @throws MalformedException if it was changed in any way */
    public static KnownRegister parse(byte[] bytes) throws MalformedException {
        Map<String, Json> m = Json.parse(bytes, LONGEST).members("checkpoint", "growths", "latest", "lines");
        List<byte[]> lines = Fields.list(m.get("lines"), 1, Register.LONGEST, line -> Utf8.print(line.string()));
        Register register = Register.of(lines);
        Checkpoint checkpoint = Checkpoint.parse(Utf8.print(m.get("checkpoint").string()));
        List<Growth> growths = Fields.list(m.get("growths"), 1, Register.LONGEST, KnownRegister::growth);
        for (int i = 1; i < growths.size(); i++) {
            if (growths.get(i).size <= growths.get(i - 1).size || growths.get(i).seen.isBefore(growths.get(i - 1).seen)) {
                throw new MalformedException("The growths of a register do not ascend.");
            }
        }
        if (growths.getLast().size != register.size()) {
            throw new MalformedException("The growths of a register do not add up.");
        }
        try {
            checkpoint.verify(register);
        } catch (VerificationException e) {
            throw new MalformedException(e.getMessage(), e);
        }
        return new KnownRegister(register, checkpoint, growths, Time.parse(m.get("latest").string()));
    }

    private static Growth growth(Json json) throws MalformedException {
        Map<String, Json> m = json.members("seen", "size");
        return new Growth((int) m.get("size").whole(1, Register.LONGEST), Time.parse(m.get("seen").string()));
    }
}
