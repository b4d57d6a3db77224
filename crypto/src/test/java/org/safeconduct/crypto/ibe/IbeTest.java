package org.safeconduct.crypto.ibe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.G2;
import org.safeconduct.crypto.bls.Pairing;

/** Properties and refusals of identity-based encryption; its vectors are read in core. */
class IbeTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] IDENTITY = "hour and poster".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER = "another hour".getBytes(StandardCharsets.US_ASCII);

    private final IbeSecretKey venue = IbeSecretKey.random(RANDOM);
    private final IbeSecretKey authority = IbeSecretKey.random(RANDOM);
    private final byte[] message = bytes();

    private static byte[] bytes() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private IbePublicKey both() throws VerificationException {
        return venue.publicKey().plus(authority.publicKey());
    }

    /** What noble-curves 2.4.0 gives: bls12_381.pairing(G1.BASE, G2.BASE), by Fp12.toBytes. */
    @Test
    void pairingOfTheGeneratorsIsTheSameAsInTypeScript() {
        String expected = "1250ebd871fc0a92a7b2d83168d0d727272d441befa15c503dd8e90ce98db3e7b6d194f60839c508a84305aaca1789b6"
                + "089a1c5b46e5110b86750ec6a532348868a84045483c92b7af5af689452eafabf1a8943e50439f1d59882a98eaa0170f"
                + "1368bb445c7c2d209703f239689ce34c0378a68e72a6b3b216da0e22a5031b54ddff57309396b38c881c4c849ec23e87"
                + "193502b86edb8857c273fa075a50512937e0794e1e65a7617c90d8bd66065b1fffe51d7a579973b1315021ec3c19934f"
                + "01b2f522473d171391125ba84dc4007cfbf2f8da752f7c74185203fcca589ac719c34dffbbaad8431dad1c1fb597aaa5"
                + "018107154f25a764bd3c79937a45b84546da634b8f6be14a8061e55cceba478b23f7dacaa35c8ca78beae9624045b4b6"
                + "19f26337d205fb469cd6bd15c3d5a04dc88784fbb3d0b2dbdea54d43b2b73f2cbb12d58386a8703e0f948226e47ee89d"
                + "06fba23eb7c5af0d9f80940ca771b6ffd5857baaf222eb95a7d2809d61bfe02e1bfd1b68ff02f0b8102ae1c2d5d5ab1a"
                + "11b8b424cd48bf38fcef68083b0b0ec5c81a93b330ee1a677d0d15ff7b984e8978ef48881e32fac91b93b47333e2ba57"
                + "03350f55a7aefcd3c31b4fcb6ce5771cc6a0e9786ab5973320c806ad360829107ba810c5a09ffdd9be2291a0c25a99a2"
                + "04c581234d086a9902249b64728ffd21a189e87935a954051c7cdba7b3872629a4fafc05066245cb9108f0242d0fe3ef"
                + "0f41e58663bf08cf068672cbd01a7ec73baca4d72ca93544deff686bfd6df543d48eaa24afe47e1efde449383b676631";
        byte[] octets = Pairing.of(G1.generator(), G2.generator()).toBytes();
        assertEquals(expected, HexFormat.of().formatHex(octets));
    }

    @Test
    void whoHasTheWholeKeyOpens() throws Exception {
        IdentityKey key = venue.extract(IDENTITY).plus(authority.extract(IDENTITY));
        both().verify(key, IDENTITY);
        IbeCiphertext sealed = IbeCiphertext.parse(both().encrypt(IDENTITY, message, RANDOM).toBytes());
        assertArrayEquals(message, sealed.decrypt(key, IDENTITY).orElseThrow());
        assertArrayEquals(message, sealed.prepare().decrypt(IdentityKey.parse(key.toBytes()), IDENTITY).orElseThrow());
        assertArrayEquals(message, authority.publicKey().encrypt(IDENTITY, message, RANDOM)
                .decrypt(authority.extract(IDENTITY), IDENTITY).orElseThrow());
    }

    @Test
    void neitherHalfOpensAlone() throws Exception {
        IbeCiphertext sealed = both().encrypt(IDENTITY, message, RANDOM);
        IdentityKey whole = venue.extract(IDENTITY).plus(authority.extract(IDENTITY));
        IbeSecretKey stranger = IbeSecretKey.random(RANDOM);
        IdentityKey[] others = {venue.extract(IDENTITY), authority.extract(IDENTITY), venue.extract(OTHER).plus(authority.extract(OTHER)),
            venue.extract(IDENTITY).plus(authority.extract(OTHER)), venue.extract(IDENTITY).plus(stranger.extract(IDENTITY)), whole.plus(whole)};
        for (IdentityKey other : others) {
            assertEquals(Optional.empty(), sealed.decrypt(other, IDENTITY));
            assertEquals(Optional.empty(), sealed.prepare().decrypt(other, IDENTITY));
            assertThrows(VerificationException.class, () -> both().verify(other, IDENTITY));
        }
        assertEquals(Optional.empty(), sealed.decrypt(whole, OTHER));
    }

    @Test
    void changedCiphertextDoesNotOpen() throws Exception {
        IdentityKey key = authority.extract(IDENTITY);
        byte[] sealed = authority.publicKey().encrypt(IDENTITY, message, RANDOM).toBytes();
        byte[] another = authority.publicKey().encrypt(IDENTITY, message, RANDOM).toBytes();
        for (int i = IbePublicKey.BYTES; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= (byte) (1 << i % 8);
            assertEquals(Optional.empty(), IbeCiphertext.parse(changed).decrypt(key, IDENTITY));
        }
        System.arraycopy(another, 0, sealed, 0, IbePublicKey.BYTES);
        assertEquals(Optional.empty(), IbeCiphertext.parse(sealed).decrypt(key, IDENTITY));
    }

    @Test
    void sameMessageNeverLooksTheSame() {
        assertNotEquals(authority.publicKey().encrypt(IDENTITY, message, RANDOM), authority.publicKey().encrypt(IDENTITY, message, RANDOM));
    }

    @Test
    void dummyHasTheFormOfACiphertextAndOpensForNobody() throws Exception {
        IbeCiphertext dummy = IbeCiphertext.parse(IbeCiphertext.dummy(RANDOM).toBytes());
        assertEquals(Optional.empty(), dummy.decrypt(authority.extract(IDENTITY), IDENTITY));
        assertNotEquals(dummy, IbeCiphertext.dummy(RANDOM));
    }

    @Test
    void possessionIsProvedByTheOwnerAlone() throws Exception {
        venue.publicKey().verify(PossessionProof.parse(venue.prove().toBytes()));
        assertThrows(VerificationException.class, () -> venue.publicKey().verify(authority.prove()));
        // an identity key is no proof, even for the bytes that are proved: another tag
        PossessionProof extracted = PossessionProof.parse(venue.extract(venue.publicKey().toBytes()).toBytes());
        assertThrows(VerificationException.class, () -> venue.publicKey().verify(extracted));
    }

    /** Without the proof a venue could take x * P2 - authority as its key: the sum is x * P2, and x opens alone. */
    @Test
    void rogueKeyOpensAloneWhereTheProofIsNotCheckedAndHasNoProof() throws Exception {
        IbeSecretKey x = IbeSecretKey.random(RANDOM);
        IbePublicKey rogue = x.publicKey().plus(negated(authority.publicKey()));
        IbePublicKey sum = rogue.plus(authority.publicKey());
        IbeCiphertext visit = sum.encrypt(IDENTITY, message, RANDOM);
        assertArrayEquals(message, visit.decrypt(x.extract(IDENTITY), IDENTITY).orElseThrow(), "the attack works");

        PossessionProof ofBytes = PossessionProof.parse(x.extract(rogue.toBytes()).toBytes());
        for (PossessionProof proof : new PossessionProof[] {x.prove(), authority.prove(), ofBytes}) {
            assertThrows(VerificationException.class, () -> rogue.verify(proof));
        }
    }

    private static IbePublicKey negated(IbePublicKey key) throws MalformedException {
        byte[] bytes = key.toBytes();
        bytes[0] ^= 0x20; // the sign of y
        return IbePublicKey.parse(bytes);
    }

    @Test
    void whatCancelsOutIsRefused() throws Exception {
        IbePublicKey minus = negated(venue.publicKey());
        assertThrows(VerificationException.class, () -> venue.publicKey().plus(minus));
        byte[] part = venue.extract(IDENTITY).toBytes();
        part[0] ^= 0x20;
        assertThrows(VerificationException.class, () -> venue.extract(IDENTITY).plus(IdentityKey.parse(part)));
    }

    @Test
    void batchNamesThoseThatAreWrong() throws Exception {
        IbeSecretKey second = IbeSecretKey.random(RANDOM);
        KeyBatch good = new KeyBatch();
        KeyBatch bad = new KeyBatch();
        assertEquals(Set.of(), good.verify(RANDOM));
        IdentityKey shift = venue.extract(OTHER);
        byte[] back = shift.toBytes();
        back[0] ^= 0x20;
        for (int i = 0; i < 20; i++) {
            byte[] identity = {(byte) i};
            IbeSecretKey key = i % 3 == 0 ? second : venue;
            good.add(key.publicKey(), key.extract(identity), IbeIdentity.of(identity));
            // two errors that cancel out in a plain sum, and one under another key
            IdentityKey part = i == 4 ? key.extract(identity).plus(shift)
                    : i == 7 ? key.extract(identity).plus(IdentityKey.parse(back)) : i == 9 ? venue.extract(identity) : key.extract(identity);
            assertEquals(i, bad.add(key.publicKey(), part, IbeIdentity.of(identity)));
        }
        good.add(venue.publicKey(), venue.prove());
        good.add(second.publicKey(), second.prove());
        assertEquals(20, bad.add(second.publicKey(), second.prove()));
        assertEquals(21, bad.add(second.publicKey(), venue.prove()));
        assertEquals(Set.of(), good.verify(RANDOM));
        assertEquals(Set.of(4, 7, 9, 21), bad.verify(RANDOM));
    }

    @Test
    void secretsAreWipedAndPrintNothing() throws Exception {
        IbeSecretKey copy = IbeSecretKey.parse(venue.toBytes());
        assertEquals(venue, copy);
        assertEquals("IbeSecretKey[secret]", copy.toString());
        assertEquals("IdentityKey[secret]", copy.extract(IDENTITY).toString());
        copy.close();
        assertThrows(IllegalStateException.class, () -> copy.extract(IDENTITY));
        assertThrows(IllegalStateException.class, copy::toBytes);
    }

    @Test
    void parsersRefuseWhatIsNoPointOrNumber() {
        byte[] order = HexFormat.of().parseHex("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");
        for (byte[] number : new byte[][] {new byte[0], new byte[31], new byte[32], new byte[33], order}) {
            assertThrows(MalformedException.class, () -> IbeSecretKey.parse(number));
        }
        for (String start : new String[] {"", "00", "c0", "e0", "80", "a0", "9a0111ea397fe69a4b1ba7b6434bacd7"}) {
            refused(HexFormat.of().parseHex(start));
        }
        assertDoesNotThrow(() -> IbePublicKey.parse(venue.publicKey().toBytes()));
    }

    /** 80 00..: x = 0, a point of the curve over Fp that is not in the subgroup; c0: the identity. */
    private static void refused(byte[] start) {
        for (int length : new int[] {47, 48, 49, 95, 96, 97, 159, 160, 161}) {
            byte[] bytes = java.util.Arrays.copyOf(start, length);
            assertThrows(MalformedException.class, () -> IbePublicKey.parse(bytes));
            assertThrows(MalformedException.class, () -> PossessionProof.parse(bytes));
            assertThrows(MalformedException.class, () -> IdentityKey.parse(bytes));
            assertThrows(MalformedException.class, () -> IbeCiphertext.parse(bytes));
        }
    }

    /** What a changed ciphertext, key or proof parses to prints as the same bytes and opens and proves nothing. */
    @Test
    void twentyThousandMutationsOpenNothing() throws Exception {
        java.util.Random random = new java.util.Random(31);
        byte[] ciphertext = authority.publicKey().encrypt(IDENTITY, message, RANDOM).toBytes();
        IdentityKey key = authority.extract(IDENTITY);
        int parsed = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] valid = i % 4 == 0 ? ciphertext : i % 4 == 1 ? key.toBytes() : i % 4 == 2 ? authority.prove().toBytes() : authority.publicKey().toBytes();
            byte[] changed = valid.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            if (random.nextInt(8) == 0) changed = java.util.Arrays.copyOf(changed, random.nextInt(200));
            try {
                opensNothing(i % 4, changed, IbeCiphertext.parse(ciphertext), key);
                parsed++;
            } catch (MalformedException refused) {
                // the other allowed answer
            }
        }
        assertTrue(parsed > 1000, "some mutations must get past the parsers");
    }

    private void opensNothing(int kind, byte[] changed, IbeCiphertext sealed, IdentityKey key) throws MalformedException {
        switch (kind) {
            case 0 -> {
                IbeCiphertext c = IbeCiphertext.parse(changed);
                assertArrayEquals(changed, c.toBytes());
                assertEquals(Optional.empty(), c.decrypt(key, IDENTITY));
            }
            case 1 -> {
                IdentityKey k = IdentityKey.parse(changed);
                assertArrayEquals(changed, k.toBytes());
                assertEquals(Optional.empty(), sealed.decrypt(k, IDENTITY));
            }
            case 2 -> {
                PossessionProof p = PossessionProof.parse(changed);
                assertThrows(VerificationException.class, () -> authority.publicKey().verify(p));
            }
            default -> {
                IbePublicKey k = IbePublicKey.parse(changed);
                assertArrayEquals(changed, k.toBytes());
                assertThrows(VerificationException.class, () -> k.verify(authority.prove()));
            }
        }
    }
}
