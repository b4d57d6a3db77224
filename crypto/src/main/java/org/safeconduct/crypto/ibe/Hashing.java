package org.safeconduct.crypto.ibe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Transcript;
import org.safeconduct.crypto.bls.Vault;

/** The hashes of spec/presence.md section 1 and the masks made of them. */
final class Hashing {
    /** Length of a message, of sigma and of a mask. */
    static final int MASK = 32;

    private static final byte[] H1_DST = ascii("SAFECONDUCT-V01-CS01-IBE-G1_XMD:SHA-256_SSWU_RO_");
    private static final byte[] POP_DST = ascii("SAFECONDUCT-V01-CS01-POP-G1_XMD:SHA-256_SSWU_RO_");
    private static final byte[] H3_DST = ascii("SAFECONDUCT-V01-CS01-IBE-H3_");
    private static final byte[] H2_LABEL = ascii("safeconduct/1/ibe-h2\0");
    private static final byte[] H4_LABEL = ascii("safeconduct/1/ibe-h4\0");

    /** 1.1: the point of an identity. */
    static G1 h1(byte[] identity) {
        return G1.hash(identity, H1_DST);
    }

    /** 1.2: the point of which possession of a key is proved. */
    static G1 possession(byte[] publicKey) {
        return G1.hash(publicKey, POP_DST);
    }

    /** Adds an element of GT to a transcript. */
    @FunctionalInterface
    interface Paired {
        void addTo(Transcript transcript);
    }

    /** 1.3: text xor H2(g). */
    static byte[] h2(byte[] text, Paired g) {
        try (Transcript t = new Transcript()) {
            g.addTo(t.add(H2_LABEL));
            return xor(text, t.sha256());
        }
    }

    /** 1.4: the factor k. */
    static SecretScalar h3(byte[] sigma, byte[] message, byte[] identity, Vault into) {
        try (Transcript t = new Transcript()) {
            return t.add(sigma).add(message).add(identity).scalar(H3_DST, into);
        }
    }

    /** 1.5: text xor H4(sigma). */
    static byte[] h4(byte[] text, byte[] sigma) {
        try (Transcript t = new Transcript()) {
            return xor(text, t.add(H4_LABEL).add(sigma).sha256());
        }
    }

    private static byte[] xor(byte[] text, byte[] mask) {
        byte[] out = new byte[MASK];
        for (int i = 0; i < MASK; i++) out[i] = (byte) (text[i] ^ mask[i]);
        Arrays.fill(mask, (byte) 0);
        return out;
    }

    static void length(byte[] bytes, int expected, String what) throws MalformedException {
        if (bytes.length != expected) throw new MalformedException(what + " does not have " + expected + " bytes.");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private Hashing() {}
}
