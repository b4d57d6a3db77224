package org.safeconduct.core.presence;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.safeconduct.core.wire.Ed25519Key;
import org.safeconduct.core.wire.Ed25519Secret;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.ibe.IbeIdentity;
import org.safeconduct.crypto.ibe.IbePublicKey;
import org.safeconduct.crypto.ibe.IbeSecretKey;
import org.safeconduct.crypto.ibe.IdentityKey;
import org.safeconduct.crypto.ibe.KeyBatch;
import org.safeconduct.crypto.ibe.PossessionProof;

/**
 * The authority's secrets: its half of every key that visits are sealed to, and the key that signs batches. Alone they
 * open nothing. May be shared between threads.
 */
public final class AuthorityKeys implements AutoCloseable {
    /** Length of {@link #toBytes}. */
    public static final int BYTES = IbeSecretKey.BYTES + Ed25519Secret.SEED_LENGTH;

    private static final int MESSAGE = 32;

    private final IbeSecretKey tracing;
    private final Ed25519Secret signing;

    private AuthorityKeys(IbeSecretKey tracing, Ed25519Secret signing) {
        this.tracing = tracing;
        this.signing = signing;
    }

    /** New keys. */
    public static AuthorityKeys random(SecureRandom random) {
        byte[] seed = new byte[Ed25519Secret.SEED_LENGTH];
        random.nextBytes(seed);
        try {
            return new AuthorityKeys(IbeSecretKey.random(random), Ed25519Secret.fromSeed(seed));
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /**
     * Reads what {@link #toBytes} wrote. Wipe the array afterwards.
     *
     * @throws MalformedException if these are not 64 bytes of keys
     */
    public static AuthorityKeys parse(byte[] bytes) throws MalformedException {
        if (bytes.length != BYTES) {
            throw new MalformedException("The keys of an authority have " + BYTES + " bytes.");
        }
        byte[] key = Arrays.copyOf(bytes, IbeSecretKey.BYTES);
        byte[] seed = Arrays.copyOfRange(bytes, IbeSecretKey.BYTES, BYTES);
        try {
            return new AuthorityKeys(IbeSecretKey.parse(key), Ed25519Secret.fromSeed(seed));
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** Returns the key for {@code tracing_key} of the authority's line. */
    public IbePublicKey tracingKey() {
        return tracing.publicKey();
    }

    /** Returns the proof for {@code proof} of the authority's line. */
    public PossessionProof proof() {
        return tracing.prove();
    }

    /** Returns the key for {@code signing_key} of the authority's line. */
    public Ed25519Key signingKey() {
        return signing.publicKey();
    }

    Ed25519Secret signing() {
        return signing;
    }

    /**
     * Makes the warnings of hours that a person at the authority has seen and confirmed (5.3): adds its own parts, verifies
     * every key that results, and opens a test visit to the first of the hours, before anything is published.
     *
     * @param hours what {@link Case#accept} returned, of any number of cases
     * @throws VerificationException if a key would open nothing; then nothing is warned
     */
    public List<Warning> confirm(List<VenueHour> hours, Notice notice, SecureRandom random) throws VerificationException {
        Map<IbePublicKey, IbePublicKey> sums = new HashMap<>();
        KeyBatch keys = new KeyBatch();
        List<Warning> warnings = new ArrayList<>(hours.size());
        for (VenueHour h : hours) {
            byte[] name = h.identity();
            IbeIdentity identity = IbeIdentity.of(name);
            IdentityKey key = h.part().plus(tracing.extract(identity));
            IbePublicKey both = sums.get(h.venue().key());
            if (both == null) {
                both = h.venue().key().plus(tracingKey());
                sums.put(h.venue().key(), both);
            }
            keys.add(both, key, identity);
            if (warnings.isEmpty()) {
                test(both, name, key, random);
            }
            warnings.add(Warning.of(h.venue(), h.hour(), key, notice, random));
        }
        if (!keys.verify(random).isEmpty()) {
            throw new VerificationException("A key would open no visit.");
        }
        return warnings;
    }

    private static void test(IbePublicKey both, byte[] identity, IdentityKey key, SecureRandom random) throws VerificationException {
        byte[] message = new byte[MESSAGE];
        random.nextBytes(message);
        byte[] opened = both.encrypt(identity, message, random).decrypt(key, identity).orElse(new byte[0]);
        if (!Arrays.equals(opened, message)) {
            throw new VerificationException("A test visit did not open.");
        }
    }

    /** Returns the secrets, to be stored under encryption. Wipe the array afterwards. */
    public byte[] toBytes() {
        byte[] out = Arrays.copyOf(tracing.toBytes(), BYTES);
        System.arraycopy(signing.seed(), 0, out, IbeSecretKey.BYTES, Ed25519Secret.SEED_LENGTH);
        return out;
    }

    /** Wipes the tracing key. */
    @Override
    public void close() {
        tracing.close();
    }

    @Override
    public String toString() {
        return "AuthorityKeys[secret]";
    }
}
