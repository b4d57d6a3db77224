package org.safeconduct.core.pass;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.safeconduct.core.register.Asker;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Ed25519Secret;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;

/**
 * Everything a checker needs to become a door (spec/pass.md section 7). A secret if it carries a seed or a pairing secret.
 */
public final class DoorSetup {
    /** Which question the door asks; the number in the bytes is the position here. */
    public enum Mode {
        /** The scheme's default question; nothing to scan. */
        DEFAULT,
        /** A poster. */
        STATIC,
        /** A question on the checker's screen, new every minute. */
        FRESH
    }

    private static final int MOST_DOORS = 200;
    private static final int LONGEST_ADDRESS = 200;
    private static final Pattern ADDRESS = Pattern.compile(
            "(https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?|http://(localhost|127\\.0\\.0\\.1))(:[1-9][0-9]{0,4})?");

    private final Hash office;
    private final String address;
    private final Ask ask;
    private final Mode mode;
    private final boolean paper;
    private final Optional<Hash> asker;
    private final OptionalInt door;
    private final Optional<Ed25519Secret> askerKey;
    private final Optional<PairingSecret> pairing;

    private DoorSetup(Hash office, String address, Mode mode, Ask ask, boolean paper, Optional<Hash> asker,
            OptionalInt door, Optional<Ed25519Secret> askerKey, Optional<PairingSecret> pairing)
            throws MalformedException {
        this.office = office;
        this.address = address;
        this.mode = mode;
        this.ask = ask;
        this.paper = paper;
        this.asker = asker;
        this.door = door;
        this.askerKey = askerKey;
        this.pairing = pairing;
        boolean fits = address.length() <= LONGEST_ADDRESS && ADDRESS.matcher(address).matches()
                && asker.isPresent() == askerKey.isPresent() && (asker.isPresent() || door.isEmpty())
                && (mode != Mode.DEFAULT || asker.isEmpty())
                && (door.isEmpty() || door.getAsInt() >= 0 && door.getAsInt() < MOST_DOORS);
        if (!fits) {
            throw new MalformedException("The door set-up does not fit together.");
        }
    }

    /**
     * A door that asks a scheme's default ask, by its default question or with a nonce of its own.
     *
     * @param office leaf of the office line; @param address where the register is fetched; @param ask the scheme's default
     *     ask; @param paper whether the door takes paper
     * @throws IllegalArgumentException if the address is none
     */
    public static DoorSetup unsigned(Hash office, String address, Mode mode, Ask ask, boolean paper,
            Optional<PairingSecret> pairing) {
        return checked(office, address, mode, ask, paper, Optional.empty(), OptionalInt.empty(), Optional.empty(), pairing);
    }

    /**
     * A door that asks in an asker's name.
     *
     * @param mode static or fresh; @param asker leaf of the asker line; @param door index into its doors
     * @throws IllegalArgumentException if the mode is default or the address is none
     */
    public static DoorSetup signed(Hash office, String address, Mode mode, Ask ask, boolean paper, Hash asker,
            OptionalInt door, Ed25519Secret key, Optional<PairingSecret> pairing) {
        return checked(office, address, mode, ask, paper, Optional.of(asker), door, Optional.of(key), pairing);
    }

    private static DoorSetup checked(Hash office, String address, Mode mode, Ask ask, boolean paper, Optional<Hash> asker,
            OptionalInt door, Optional<Ed25519Secret> key, Optional<PairingSecret> pairing) {
        try {
            return new DoorSetup(office, address, mode, ask, paper, asker, door, key, pairing);
        } catch (MalformedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Reads a set-up code. @throws MalformedException if it does not have the form of section 7 */
    public static DoorSetup parse(String text) throws MalformedException {
        List<Cbor> items = Cbor.parse(Code.DOOR.parse(text)).items(12);
        if (items.get(0).whole(1) != 1) {
            throw new MalformedException("This door set-up is of an unknown version.");
        }
        Ask ask = new Ask(items.get(3).hash(), Ask.indexes(items.get(6)), Ask.index(items.get(5), Ask.MOST_SCOPES));
        Mode mode = Mode.values()[(int) items.get(4).whole(Mode.values().length - 1)];
        boolean paper = items.get(7).whole(1) == 1;
        Optional<Hash> asker = items.get(8).isNull() ? Optional.empty() : Optional.of(items.get(8).hash());
        Optional<Ed25519Secret> key = items.get(10).isNull() ? Optional.empty()
                : Optional.of(Ed25519Secret.fromSeed(items.get(10).bytes(Ed25519Secret.SEED_LENGTH)));
        Optional<PairingSecret> pairing = items.get(11).isNull() ? Optional.empty()
                : Optional.of(PairingSecret.parse(items.get(11).bytes(PairingSecret.LENGTH)));
        return new DoorSetup(items.get(1).hash(), items.get(2).text(LONGEST_ADDRESS), mode, ask, paper, asker,
                Ask.index(items.get(9), MOST_DOORS), key, pairing);
    }

    /** The text of its code. Show it once if {@link #isSecret}. */
    public String text() {
        return Code.DOOR.print(Cbor.array(1, office, address, ask.scheme(), mode.ordinal(), Ask.orNull(ask.scope()),
                ask.attributes(), paper ? 1 : 0, asker.orElse(null), Ask.orNull(door),
                askerKey.map(Ed25519Secret::seed).orElse(null), pairing.map(PairingSecret::toBytes).orElse(null)).print());
    }

    /** Whether the register is this office's and permits what the door will ask, in the asker's name and with its key. */
    public boolean fits(Register register) {
        Optional<Scheme> scheme = register.find(ask.scheme(), Scheme.class).map(Placed::line);
        if (!register.officeLeaf().equals(office) || scheme.isEmpty()) {
            return false;
        }
        if (mode == Mode.DEFAULT) {
            return ask.equals(Ask.defaultOf(ask.scheme(), scheme.get()));
        }
        Question.Source source = mode == Mode.STATIC ? Question.Source.STATIC : Question.Source.FRESH;
        boolean key = asker.isEmpty() || register.find(asker.get(), Asker.class)
                .filter(line -> line.line().key().equals(askerKey.orElseThrow().publicKey())).isPresent();
        return key && Permission.check(source, List.of(ask), asker, door, register).isEmpty();
    }

    /**
     * The next question of this door: from now, a poster for 366 days, a fresh one for two minutes.
     *
     * @param random for the nonce
     * @throws IllegalStateException if the door asks the default question, which is never sent
     */
    public Question question(Register register, Instant now, SecureRandom random) {
        Question.Tip tip = new Question.Tip(register.size(), register.root());
        Instant second = Instant.ofEpochSecond(now.getEpochSecond());
        return switch (mode) {
            case DEFAULT -> throw new IllegalStateException("This door asks the default question.");
            case STATIC -> asker.isEmpty() ? Question.staticUnsigned(List.of(ask), tip, random)
                    : Question.staticSigned(ask, asker.get(), door, second, second.plus(Question.STATIC_LIFE), tip,
                            askerKey.orElseThrow(), random);
            case FRESH -> asker.isEmpty() ? Question.freshUnsigned(List.of(ask), tip, now, random)
                    : Question.freshSigned(ask, asker.get(), door, now, tip, askerKey.orElseThrow(), random);
        };
    }

    /** A checker for this door, asking from now on. @param books as {@link Checker#books} gave them before */
    public Checker checker(KnownRegister known, Instant now, SecureRandom random, Collection<StampBook> books) {
        return mode == Mode.DEFAULT ? Checker.byDefault(Optional.of(known), List.of(ask.scheme()), paper, books)
                : Checker.asking(Optional.of(known), question(known.register(), now, random), paper, books);
    }

    /** Whether it carries a seed or a pairing secret. */
    public boolean isSecret() {
        return askerKey.isPresent() || pairing.isPresent();
    }

    /** Leaf of the office line. */
    public Hash office() {
        return office;
    }

    /** Where the register is fetched. */
    public String address() {
        return address;
    }

    /** Which question the door asks. */
    public Mode mode() {
        return mode;
    }

    /** What it asks; the scheme's default ask unless an asker asks. */
    public Ask ask() {
        return ask;
    }

    /** Whether the door takes paper. */
    public boolean paper() {
        return paper;
    }

    /** Leaf of the asker line in whose name the door asks. */
    public Optional<Hash> asker() {
        return asker;
    }

    /** Index into the asker's doors. */
    public OptionalInt door() {
        return door;
    }

    /** The key that signs the door's questions; present exactly if the asker is. */
    public Optional<Ed25519Secret> askerKey() {
        return askerKey;
    }

    /** What the door shares with its neighbours. */
    public Optional<PairingSecret> pairing() {
        return pairing;
    }

    @Override
    public String toString() {
        return "DoorSetup[" + (isSecret() ? "secret" : mode.toString()) + "]";
    }
}
