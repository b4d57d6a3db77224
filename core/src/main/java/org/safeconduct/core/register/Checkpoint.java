package org.safeconduct.core.register;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Ed25519Key;
import org.safeconduct.core.wire.Ed25519Secret;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Time;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * The office's signature under size and root of its register: a C2SP signed note (spec/register.md section 4).
 *
 * <p>Parsing checks the form; {@link #verify} checks the signatures. Lines of unknown signers are kept and ignored.
 */
public final class Checkpoint {
    /** Longest note in bytes. */
    public static final int LONGEST = 4096;

    private static final byte[] ROTATION = Utf8.print("\"type\":\"key\"}");
    private static final int KEY_ID = 4;
    private static final int TIME = 8;
    private static final byte PLAIN = 1;
    private static final byte COSIGNATURE = 4;
    private static final String DASH = "\u2014 ";
    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,5}");

    /** A signature line: the signer's name, and key id and signature together. */
    private record Signed(String name, String keyId, String payload) {
        static Signed of(String name, byte[] payload) {
            String keyId = Hex.print(Arrays.copyOf(payload, KEY_ID));
            return new Signed(name, keyId, Base64.getEncoder().encodeToString(payload));
        }

        byte[] signature() {
            byte[] bytes = Base64.getDecoder().decode(payload);
            return Arrays.copyOfRange(bytes, KEY_ID, bytes.length);
        }
    }

    private final String origin;
    private final int size;
    private final Hash root;
    private final List<Signed> signatures;

    private Checkpoint(String origin, int size, Hash root, List<Signed> signatures) {
        this.origin = origin;
        this.size = size;
        this.root = root;
        this.signatures = List.copyOf(signatures);
    }

    /** Returns the checkpoint of a register, signed by its register key. */
    public static Checkpoint sign(Register register, Ed25519Secret registerKey) {
        String origin = register.office().origin();
        Checkpoint unsigned = new Checkpoint(origin, register.size(), register.root(), List.of());
        byte[] keyId = keyId(origin, PLAIN, registerKey.publicKey());
        return unsigned.with(Signed.of(origin, Bytes.join(keyId, registerKey.sign(unsigned.body()))));
    }

    /** Returns this checkpoint with the office's cosignature of a time, in place of any earlier one by that key. */
    public Checkpoint cosign(Ed25519Secret cosignKey, Instant time) {
        if (time.isBefore(Time.FIRST) || time.isAfter(Time.LAST)) {
            throw new IllegalArgumentException("A cosignature is of the years 2020 to 2199.");
        }
        long seconds = time.getEpochSecond();
        byte[] keyId = keyId(cosigner(), COSIGNATURE, cosignKey.publicKey());
        return with(Signed.of(cosigner(),
                Bytes.join(keyId, Bytes.i2osp(seconds, TIME), cosignKey.sign(cosigned(seconds)))));
    }

    private Checkpoint with(Signed signature) {
        List<Signed> all = new ArrayList<>(signatures);
        all.removeIf(other -> other.name.equals(signature.name) && other.keyId.equals(signature.keyId));
        all.add(signature);
        return new Checkpoint(origin, size, root, all);
    }

    /** @throws MalformedException if the bytes are not a signed note with a checkpoint in it */
    public static Checkpoint parse(byte[] note) throws MalformedException {
        require(note.length <= LONGEST, "A checkpoint has at most " + LONGEST + " bytes.");
        String[] lines = Utf8.parse(note).split("\n", -1);
        require(lines.length >= 6 && lines[3].isEmpty() && lines[lines.length - 1].isEmpty(),
                "A checkpoint has three lines, an empty one, and signatures.");
        require(SIZE.matcher(lines[1]).matches() && Integer.parseInt(lines[1]) <= Register.LONGEST,
                "The size of a checkpoint is a number from 1 to " + Register.LONGEST + ".");
        List<Signed> signatures = new ArrayList<>();
        for (String line : Arrays.asList(lines).subList(4, lines.length - 1)) {
            Signed signed = signature(line);
            require(signatures.stream().noneMatch(other -> other.name.equals(signed.name)
                    && other.keyId.equals(signed.keyId)), "A checkpoint has two signatures of one signer.");
            signatures.add(signed);
        }
        return new Checkpoint(Office.origin(lines[0]), Integer.parseInt(lines[1]), Hash.parse(base64(lines[2])),
                signatures);
    }

    private static Signed signature(String line) throws MalformedException {
        require(line.startsWith(DASH), "A signature line begins with a dash.");
        String[] parts = line.substring(DASH.length()).split(" ", -1);
        require(parts.length == 2 && isName(parts[0]), "A signature line is a name and a signature.");
        byte[] payload = base64(parts[1]);
        require(payload.length > KEY_ID, "A signature is empty.");
        return Signed.of(parts[0], payload);
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.codePoints()
                .noneMatch(c -> c == '+' || Character.isSpaceChar(c) || Character.getType(c) == Character.CONTROL);
    }

    private static byte[] base64(String text) throws MalformedException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            // The platform takes missing padding and stray bits.
            require(Base64.getEncoder().encodeToString(bytes).equals(text), "Base64 is not written canonically.");
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new MalformedException("This is not Base64.", e);
        }
    }

    private static void require(boolean holds, String otherwise) throws MalformedException {
        if (!holds) {
            throw new MalformedException(otherwise);
        }
    }

    /**
     * Returns only if this is the checkpoint of that register: origin, size, root, signature, and the cosignature of
     * the office's key, if there is one.
     *
     * @throws VerificationException otherwise
     */
    public void verify(Register register) throws VerificationException {
        if (size != register.size() || !root.equals(register.root())) {
            throw new VerificationException("A checkpoint is not that of this register.");
        }
        verify(register.office(), register.registerKey(size));
    }

    /**
     * Returns only if these lines, all of a register, are those that the office signed. Of the lines from a position on only
     * rotations are read, each good by the key before it: what a stranger sends costs hashes and one signature.
     *
     * @param key the register key of the lines below {@code from}
     */
    void verify(List<byte[]> lines, Office office, Ed25519Key key, int from) throws MalformedException, VerificationException {
        Tree tree = new Tree();
        lines.forEach(line -> tree.add(Line.leaf(line)));
        require(lines.size() == size && tree.rootOf(size).equals(root), "The lines are not those of the checkpoint.");
        Ed25519Key last = key;
        for (byte[] line : lines.subList(from, size)) {
            if (isRotation(line) && Line.parse(line) instanceof KeyRotation rotation) {
                rotation.verify(Line.leaf(lines.getFirst()), last);
                last = rotation.key();
            }
        }
        verify(office, last);
    }

    /** The type is the last member of a key line, and a quotation mark inside a text is escaped. */
    private static boolean isRotation(byte[] line) {
        int from = line.length - ROTATION.length;
        return from >= 0 && Arrays.equals(line, from, line.length, ROTATION, 0, ROTATION.length);
    }

    /** Returns only if the signatures are good, whatever the lines are. */
    void verify(Office office, Ed25519Key registerKey) throws VerificationException {
        verifySignature(office, registerKey);
        cosignedAt(office);
    }

    /** Returns only if the register's signature is good: then this is the office's word, whatever is signed beside it. */
    void verifySignature(Office office, Ed25519Key registerKey) throws VerificationException {
        if (!origin.equals(office.origin())) {
            throw new VerificationException("A checkpoint is of another origin.");
        }
        Signed signed = by(origin, keyId(origin, PLAIN, registerKey))
                .orElseThrow(() -> new VerificationException("A checkpoint is not signed by the register key."));
        registerKey.verify(body(), signed.signature());
    }

    /**
     * Returns the time of the office's cosignature, if the note has one by its key.
     *
     * @throws VerificationException if it has one that is not good
     */
    public Optional<Instant> cosignedAt(Office office) throws VerificationException {
        Optional<Signed> signed = by(cosigner(), keyId(cosigner(), COSIGNATURE, office.cosignKey()));
        if (signed.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = signed.get().signature();
        if (bytes.length != TIME + Ed25519Key.SIGNATURE_LENGTH || bytes[0] != 0 || bytes[1] != 0) {
            throw new VerificationException("A cosignature has not the form of one.");
        }
        long seconds = ByteBuffer.wrap(bytes).getLong();
        Instant time = Instant.ofEpochSecond(seconds);
        if (time.isBefore(Time.FIRST) || time.isAfter(Time.LAST)) {
            throw new VerificationException("A cosignature is of no time that counts.");
        }
        office.cosignKey().verify(cosigned(seconds), Arrays.copyOfRange(bytes, TIME, bytes.length));
        return Optional.of(time);
    }

    private Optional<Signed> by(String name, byte[] keyId) {
        return signatures.stream().filter(s -> s.name.equals(name) && s.keyId.equals(Hex.print(keyId))).findFirst();
    }

    private static byte[] keyId(String name, byte algorithm, Ed25519Key key) {
        // C2SP signed-note: SHA-256(name ‖ 0A ‖ algorithm ‖ key), first four bytes.
        return Arrays.copyOf(
                Hash.sha256(Utf8.print(name), new byte[] {'\n', algorithm}, key.bytes()).bytes(), KEY_ID);
    }

    private String cosigner() {
        return origin + "/cosign";
    }

    private byte[] cosigned(long seconds) {
        return Bytes.join(Utf8.print("cosignature/v1\ntime " + seconds + "\n"), body());
    }

    private byte[] body() {
        return Utf8.print(origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root.bytes()) + "\n");
    }

    /** Returns the note; the bytes that were parsed, if this was parsed. */
    public byte[] print() {
        StringBuilder lines = new StringBuilder("\n");
        for (Signed signed : signatures) {
            lines.append(DASH).append(signed.name).append(' ').append(signed.payload).append('\n');
        }
        return Bytes.join(body(), Utf8.print(lines.toString()));
    }

    /** Returns the origin it claims. */
    public String origin() {
        return origin;
    }

    /** Returns the number of lines it stands for, 1 to 100,000. */
    public int size() {
        return size;
    }

    /** Returns the root it stands for. */
    public Hash root() {
        return root;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Checkpoint that && Arrays.equals(print(), that.print());
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    /** Returns the note as text. */
    @Override
    public String toString() {
        return new String(print(), StandardCharsets.UTF_8);
    }
}
