package org.safeconduct.app.office;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.safeconduct.app.store.Store;
import org.safeconduct.app.store.Tables;
import org.safeconduct.core.register.Asker;
import org.safeconduct.core.register.Checkpoint;
import org.safeconduct.core.register.Closed;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.KeyRotation;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Line;
import org.safeconduct.core.register.Office;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.register.SchemeLint;
import org.safeconduct.core.register.Stop;
import org.safeconduct.core.register.Texts;
import org.safeconduct.core.wire.Ed25519Secret;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bbs.BbsSecretKey;

/**
 * An office with its keys, and every act that writes to its register. Lines and the checkpoint over them are written
 * in one transaction; nodes and commands take turns.
 */
public final class Desk {
    /** An epoch is closed at the earliest so long after its end, and at the latest before it is overdue (register.md 2.7). */
    public static final Duration CLOSE_AFTER = Duration.ofDays(7);
    /** The cosignature is renewed when it is so old, well before a day (register.md 4.3). */
    public static final Duration COSIGN_AFTER = Duration.ofHours(20);

    private static final System.Logger LOG = System.getLogger(Desk.class.getName());

    private final Store store;
    private final OperatorKey operator;
    private final OfficeClock clock;
    private final SecureRandom random;
    /** The register as it was when this desk last read or wrote it, so that an act reads only what is new. */
    private volatile Register known;

    private Desk(Store store, OperatorKey operator, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.operator = operator;
        this.clock = new OfficeClock(clock);
        this.random = random;
    }

    /**
     * Sets up an office in an empty store.
     *
     * @param names short texts, one for each language
     * @param languages 1 to 16 language tags, the office's own first
     * @param contact how a person reaches the office, a short text
     * @param origin the checkpoint origin, for example {@code example.org/passes}
     */
    public static Desk init(Store store, OperatorKey operator, InstantSource clock, SecureRandom random,
            Map<String, String> names, List<String> languages, String contact, String origin) {
        Desk desk = new Desk(store, operator, clock, random);
        store.write(tables -> {
            tables.takeTurn();
            if (tables.size() > 0) {
                throw new OfficeException("There is an office in this store already. Choose another store for a new one.");
            }
            OfficeKeys keys = OfficeKeys.create(operator, random);
            keys.save(tables, random);
            Office office = new Office(contact, keys.cosign().publicKey(), languages, new Texts(names), origin, keys.register().publicKey());
            byte[] line = printed(office);
            Register register = read(List.of(line));
            tables.append(0, Line.leaf(line), line);
            desk.sign(tables, register, keys);
            return null;
        });
        return desk;
    }

    /** Opens the office of a store. @throws OfficeException if there is none, or the operator key is not its */
    public static Desk open(Store store, OperatorKey operator, InstantSource clock, SecureRandom random) {
        Desk desk = new Desk(store, operator, clock, random);
        store.read(tables -> {
            Register register = desk.current(tables);
            OfficeKeys keys = OfficeKeys.load(operator, tables);
            if (!register.registerKey(register.size()).equals(keys.register().publicKey())) {
                throw new OfficeException("The register in this store is not by the keys in it. Restore the store from a backup.");
            }
            return desk.clock.learn(tables, register);
        });
        return desk;
    }

    /** Returns the clock that all of it goes by. */
    public OfficeClock clock() {
        return clock;
    }

    /** Returns the register as it is now. */
    public Register register() {
        return store.read(this::current);
    }

    /** Where a scheme was published, and what lint has to say about it. */
    public record Published(Hash leaf, Scheme scheme, List<SchemeLint.Finding> findings) {}

    /**
     * Publishes a scheme.
     *
     * @param file JSON with the members of register.md 2.3, in any order, {@code type} left out or not
     * @throws OfficeException if it is no scheme, its id is taken, or lint refuses it
     */
    public Published publish(byte[] file) {
        Scheme scheme = draft(file);
        Periods.zone(scheme);
        List<SchemeLint.Finding> findings = SchemeLint.check(scheme, now());
        List<String> refusals = findings.stream().filter(SchemeLint.Finding::refused).map(SchemeLint.Finding::sentence).toList();
        if (!refusals.isEmpty()) {
            throw new OfficeException("The scheme is not published. " + String.join(" ", refusals));
        }
        Register after = append((tables, register) -> List.of(scheme));
        return new Published(after.scheme(scheme.id()).orElseThrow().leaf(), scheme, findings);
    }

    /** Reads a scheme file without publishing it. @throws OfficeException if it is none */
    public static Scheme draft(byte[] file) {
        try {
            return Scheme.draft(file);
        } catch (MalformedException e) {
            throw new OfficeException("This is not a scheme. " + e.getMessage(), e);
        }
    }

    /**
     * Opens epochs of a scheme, each with a spare, until as many lie ahead as wallets may fetch and two more.
     *
     * @return the new epoch lines, none if enough were open
     */
    public List<Placed<Epoch>> openEpochs(String schemeId) {
        Register before = register();
        Placed<Scheme> scheme = scheme(before, schemeId);
        if (Periods.due(scheme.line(), mains(before, scheme), now()).isEmpty()) {
            return List.of();
        }
        // Counting a city takes long: only when it is needed, and before anybody has to wait for the transaction.
        long holders = Long.highestOneBit(store.read(tables -> tables.holders(scheme.leaf())));
        Register after = append((tables, register) -> {
            List<Epoch> mains = mains(register, scheme);
            int number = mains.isEmpty() ? 0 : mains.getLast().number() + 1;
            List<Line> lines = new ArrayList<>();
            for (Instant from : Periods.due(scheme.line(), mains, now())) {
                lines.add(newEpoch(tables, scheme, number, from, holders, false));
                lines.add(newEpoch(tables, scheme, number, from, holders, true));
                number++;
            }
            return lines;
        });
        return after.all(Epoch.class).filter(epoch -> epoch.position() >= before.size()).toList();
    }

    private static List<Epoch> mains(Register register, Placed<Scheme> scheme) {
        return register.epochs(scheme.leaf()).stream().map(Placed::line).filter(epoch -> !epoch.spare()).toList();
    }

    private Epoch newEpoch(Tables tables, Placed<Scheme> scheme, int number, Instant from, long holders, boolean spare) {
        try (BbsSecretKey key = BbsSecretKey.random(random)) {
            Epoch epoch = new Epoch(from, holders, key.publicKey(), number, scheme.leaf(), spare, Periods.end(scheme.line(), from));
            Hash leaf = Line.leaf(printed(epoch));
            tables.putEpochKey(leaf, OfficeKeys.load(operator, tables).wrapEpochKey(leaf, key, random));
            return epoch;
        }
    }

    /** An asker that was added, and the seed of its key, which is kept nowhere else. */
    public record AskerAdded(Hash leaf, Ed25519Secret key) {}

    /**
     * Adds an asker and makes its key.
     *
     * @param attributes indexes it may ask for, ascending
     * @param scopes indexes it may ask for, ascending
     * @param doors 0 to 200 different short texts
     */
    public AskerAdded addAsker(String schemeId, Map<String, String> names, List<Integer> attributes, List<Integer> scopes,
            List<String> doors, Instant until) {
        Ed25519Secret key = OfficeKeys.ed25519(OfficeKeys.fresh(random));
        Register after = append((tables, register) -> List.of(new Asker(attributes, doors, key.publicKey(), new Texts(names),
                scheme(register, schemeId).leaf(), scopes, until)));
        return new AskerAdded(after.at(after.size() - 1).leaf(), key);
    }

    /**
     * Takes back a scheme, asker or epoch.
     *
     * @param from not before now, or empty for now
     * @param why a text for each language
     * @return from when on it is stopped
     */
    public Instant stop(Hash target, Optional<Instant> from, Map<String, String> why) {
        Instant now = now();
        if (from.filter(now::isAfter).isPresent()) {
            throw new OfficeException("A stop cannot begin in the past. Leave the time out to stop it now.");
        }
        append((tables, register) -> List.of(new Stop(from.orElse(now), target, new Texts(why))));
        return from.orElse(now);
    }

    /** Returns the epochs that ended 7 days ago or more and are not closed. */
    public List<Placed<Epoch>> closable() {
        Register register = register();
        return register.all(Epoch.class).filter(epoch -> register.closed(epoch.leaf()).isEmpty()
                && !now().isBefore(epoch.line().until().plus(CLOSE_AFTER))).toList();
    }

    /**
     * Closes an epoch: publishes its counts and secret key, and forgets who was issued a pass.
     *
     * @throws OfficeException if it is none of {@link #closable}
     */
    public Closed close(Hash epoch) {
        if (closable().stream().noneMatch(closable -> closable.leaf().equals(epoch))) {
            throw new OfficeException("This epoch cannot be closed now: there is none of that name, it is closed, or it ended less than 7 days ago.");
        }
        Register after = append((tables, register) -> {
            byte[] wrapped = tables.epochKey(epoch).orElseThrow(() ->
                    new OfficeException("The key of this epoch is not in the store. Restore the store from a backup."));
            Tables.Issued issued = tables.issued(epoch);
            tables.forgetEpoch(epoch);
            try (BbsSecretKey key = OfficeKeys.load(operator, tables).unwrapEpochKey(epoch, wrapped)) {
                return List.of(new Closed(epoch, issued.issued(), Hex.print(key.toBytes()), issued.replaced()));
            }
        });
        enrolment().forgetEnded(after, now());
        store.settle();
        return after.closed(epoch).orElseThrow().line();
    }

    /** Renews the cosignature if it is 20 hours old, missing, or by a clock that was ahead; returns whether it did. */
    public boolean cosign() {
        return store.write(tables -> {
            tables.takeTurn();
            Register register = current(tables);
            if (clock.learn(tables, register).filter(time -> time.plus(COSIGN_AFTER).isAfter(now()) && !time.isAfter(now().plus(KnownRegister.DAY))).isPresent()) {
                return false;
            }
            sign(tables, register, OfficeKeys.load(operator, tables));
            return true;
        });
    }

    /** Gives the register a new key, signed by the one before, which is forgotten. */
    public void rotateKey() {
        append((tables, register) -> {
            OfficeKeys before = OfficeKeys.load(operator, tables);
            OfficeKeys after = before.rotated(random);
            after.save(tables, random);
            return List.of(KeyRotation.sign(register.officeLeaf(), register.all(KeyRotation.class).count() + 1,
                    after.register().publicKey(), before.register()));
        });
        store.settle();
    }

    /**
     * Publishes a line of another room of the program, and writes what belongs to it in the same transaction.
     *
     * @param line makes the line, from the register as it is when nobody else can write
     * @param besides writes what belongs to the line, given its leaf
     * @return the line where it stands
     */
    public Placed<Line> publish(Function<Register, Line> line, BiConsumer<Tables, Hash> besides) {
        Register after = append((tables, register) -> {
            Line made = line.apply(register);
            besides.accept(tables, Line.leaf(printed(made)));
            return List.of(made);
        });
        return after.at(after.size() - 1);
    }

    /** Returns where other rooms of the program keep secrets of their own. */
    public Vault vault() {
        return new Vault(store, operator, clock, random);
    }

    /** Returns who is enrolled and hands out offers. */
    public Enrolment enrolment() {
        return new Enrolment(store, keys(), random);
    }

    /** Returns what everybody may read. */
    public PublishedRegister published() {
        return new PublishedRegister(store);
    }

    /** Returns what redeems offers and issues passes. */
    public Issuance issuance(PublishedRegister published) {
        return new Issuance(store, keys(), published, clock);
    }

    private OfficeKeys keys() {
        return store.read(tables -> OfficeKeys.load(operator, tables));
    }

    /** Appends lines that depend on the register as it is when nobody else can write. */
    private Register append(Lines lines) {
        Register appended = store.write(tables -> {
            tables.takeTurn();
            Register register = current(tables);
            Register after = register;
            for (Line line : lines.after(tables, register)) {
                byte[] bytes = printed(line);
                try {
                    after = after.append(bytes);
                } catch (MalformedException e) {
                    throw new OfficeException("Nothing was published. " + e.getMessage(), e);
                }
                tables.append(after.size() - 1, Line.leaf(bytes), bytes);
            }
            if (after.size() > register.size()) {
                sign(tables, after, OfficeKeys.load(operator, tables));
            }
            return after;
        });
        known = appended;
        return appended;
    }

    /** The register in the store: what this desk knows and the lines since, or all of it where the store was exchanged. */
    private Register current(Tables tables) {
        Register before = known;
        Register register = before == null || before.size() > tables.size() ? read(tables.lines(0)) : continued(before, tables);
        known = register;
        return register;
    }

    private static Register continued(Register before, Tables tables) {
        try {
            Register register = before.appendAll(tables.lines(before.size()));
            if (Checkpoint.parse(tables.checkpoint().orElseThrow().getBytes(StandardCharsets.UTF_8)).root().equals(register.root())) {
                return register;
            }
        } catch (MalformedException e) {
            LOG.log(System.Logger.Level.DEBUG, "The register in the store is another than before; it is read anew.");
        }
        return read(tables.lines(0));
    }

    private interface Lines {
        List<? extends Line> after(Tables tables, Register register);
    }

    private void sign(Tables tables, Register register, OfficeKeys keys) {
        Checkpoint checkpoint = Checkpoint.sign(register, keys.register()).cosign(keys.cosign(), now());
        tables.putCheckpoint(register.size(), register.root(), checkpoint.toString());
    }

    static Register read(List<byte[]> lines) {
        if (lines.isEmpty()) {
            throw new OfficeException("There is no office in this store yet. Set one up with `office init`.");
        }
        try {
            return Register.of(lines);
        } catch (MalformedException e) {
            throw new OfficeException("The register in the store is not valid. Restore the store from a backup. " + e.getMessage(), e);
        }
    }

    static Placed<Scheme> scheme(Register register, String id) {
        return register.scheme(id).orElseThrow(() -> new OfficeException("There is no scheme of that name in the register."));
    }

    private static byte[] printed(Line line) {
        try {
            return line.print();
        } catch (IllegalArgumentException e) {
            throw new OfficeException("Nothing was published. " + e.getMessage(), e);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
