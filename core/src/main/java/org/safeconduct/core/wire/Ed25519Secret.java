package org.safeconduct.core.wire;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.NamedParameterSpec;
import org.safeconduct.crypto.MalformedException;

/** An Ed25519 key pair from a 32-byte seed (RFC 8032 section 5.1.5). Never prints its secret. */
public final class Ed25519Secret {
    /** Length of a seed in bytes. */
    public static final int SEED_LENGTH = 32;

    private final PrivateKey secret;
    private final Ed25519Key publicKey;

    private Ed25519Secret(PrivateKey secret, Ed25519Key publicKey) {
        this.secret = secret;
        this.publicKey = publicKey;
    }

    /** @throws MalformedException if the seed has not exactly 32 bytes */
    public static Ed25519Secret fromSeed(byte[] seed) throws MalformedException {
        if (seed.length != SEED_LENGTH) {
            throw new MalformedException("An Ed25519 seed has 32 bytes.");
        }
        try {
            // The platform has no call from private to public key; its generator draws the seed and nothing else.
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
            KeyPair pair = generator.generateKeyPair();
            byte[] drawn = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            if (!MessageDigest.isEqual(drawn, seed)) {
                throw new IllegalStateException("This platform does not use an Ed25519 seed as it is.");
            }
            return new Ed25519Secret(pair.getPrivate(), publicKey((EdECPublicKey) pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform we run on has Ed25519.", e);
        }
    }

    private static Ed25519Key publicKey(EdECPublicKey key) throws MalformedException {
        EdECPoint point = key.getPoint();
        byte[] bigEndian = point.getY().toByteArray();
        byte[] bytes = new byte[Ed25519Key.LENGTH];
        for (int i = 0; i < Math.min(bigEndian.length, bytes.length); i++) {
            bytes[i] = bigEndian[bigEndian.length - 1 - i];
        }
        bytes[Ed25519Key.LENGTH - 1] |= (byte) (point.isXOdd() ? 0x80 : 0);
        return Ed25519Key.parse(bytes);
    }

    /** Returns the public key. */
    public Ed25519Key publicKey() {
        return publicKey;
    }

    /** Returns the 64-byte signature over the message; the same bytes for the same message. */
    public byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(secret);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform we run on has Ed25519.", e);
        }
    }

    /** Returns a copy of the 32 secret bytes, to be stored and wiped. */
    public byte[] seed() {
        return ((EdECPrivateKey) secret).getBytes().orElseThrow();
    }

    @Override
    public String toString() {
        return "Ed25519Secret[secret]";
    }

    /** Gives the seed once where randomness is asked for. */
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Given(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
