package org.safeconduct.core.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

class Ed25519Test {
    private static final byte[] MESSAGE = "a message".getBytes(StandardCharsets.US_ASCII);

    @Test
    void agreesWithTheFirstTestsOfRfc8032() throws MalformedException, VerificationException {
        Ed25519Secret secret = Ed25519Secret.fromSeed(
                Hex.parse("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", 32));
        assertEquals("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", secret.publicKey().hex());
        byte[] signature = secret.sign(new byte[0]);
        assertEquals("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b", Hex.print(signature));
        secret.publicKey().verify(new byte[0], signature);
        Ed25519Secret second = Ed25519Secret.fromSeed(
                Hex.parse("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", 32));
        assertEquals("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", second.publicKey().hex());
    }

    @Test
    void refusesEveryChangedBit() throws MalformedException {
        Ed25519Secret secret = Ed25519Secret.fromSeed(new byte[32]);
        byte[] signature = secret.sign(MESSAGE);
        for (int bit = 0; bit < 512; bit += 7) {
            byte[] changed = signature.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(VerificationException.class, () -> secret.publicKey().verify(MESSAGE, changed));
        }
        assertThrows(VerificationException.class, () -> secret.publicKey().verify(new byte[1], signature));
        assertThrows(VerificationException.class, () -> secret.publicKey().verify(MESSAGE, new byte[63]));
        assertThrows(VerificationException.class, () -> secret.publicKey().verify(MESSAGE, new byte[65]));
    }

    @Test
    void refusesEveryPointOfSmallOrder() throws MalformedException {
        Edwards torsion = Edwards.torsion();
        Edwards point = Edwards.NEUTRAL;
        for (int i = 0; i < 8; i++) {
            byte[] encoding = point.print();
            assertTrue(torsion.times(BigInteger.valueOf(8L * i)).isNeutral());
            assertThrows(MalformedException.class, () -> Ed25519Key.parse(encoding));
            point = point.plus(torsion);
        }
        assertTrue(point.isNeutral());
        assertFalse(torsion.times(BigInteger.valueOf(4)).isNeutral(), "the torsion point has order eight");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "0100000000000000000000000000000000000000000000000000000000000080", // x = 0 with the sign bit set
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // y = p
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // y = p + 1
        "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // y = p + 3, a point if reduced
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0200000000000000000000000000000000000000000000000000000000000000", // not on the curve
        "00", ""})
    void refusesKeysThatAreNotCanonicalPoints(String hex) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);
        assertThrows(MalformedException.class, () -> Ed25519Key.parse(bytes));
    }

    @Test
    void refusesAnSAboveTheGroupOrder() throws MalformedException {
        Ed25519Secret secret = Ed25519Secret.fromSeed(new byte[32]);
        byte[] signature = secret.sign(MESSAGE);
        BigInteger s = Edwards.little(java.util.Arrays.copyOfRange(signature, 32, 64)).add(Edwards.ORDER);
        byte[] changed = Bytes.join(java.util.Arrays.copyOf(signature, 32), Edwards.little(s));
        assertThrows(VerificationException.class, () -> secret.publicKey().verify(MESSAGE, changed));
    }

    /** A key or R with a part of small order passes with the cofactor; by our rule it passes only where [k]A is exact. */
    @Test
    void verifiesWithoutCofactor() throws Exception {
        BigInteger a = new BigInteger("123456789012345678901234567890");
        BigInteger r = new BigInteger("987654321098765432109876543210");
        Edwards mixedKey = Edwards.BASE.times(a).plus(Edwards.torsion());
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < 32; i++) {
            byte[] message = {(byte) i};
            byte[] encodedR = Edwards.BASE.times(r).print();
            BigInteger k = Edwards.little(java.security.MessageDigest.getInstance("SHA-512")
                    .digest(Bytes.join(encodedR, mixedKey.print(), message))).mod(Edwards.ORDER);
            byte[] signature = Bytes.join(encodedR, Edwards.little(r.add(k.multiply(a)).mod(Edwards.ORDER)));
            Ed25519Key key = Ed25519Key.parse(mixedKey.print());
            if (k.mod(BigInteger.valueOf(8)).signum() == 0) {
                key.verify(message, signature);
                accepted++;
            } else {
                assertThrows(VerificationException.class, () -> key.verify(message, signature));
                refused++;
            }
        }
        assertTrue(accepted > 0 && refused > 0);
    }

    @Test
    void refusesAnROfSmallOrderAlthoughTheEquationHolds() throws Exception {
        BigInteger a = new BigInteger("123456789012345678901234567890");
        byte[] key = Edwards.BASE.times(a).print();
        byte[] neutral = Edwards.NEUTRAL.print();
        BigInteger k = Edwards.little(java.security.MessageDigest.getInstance("SHA-512")
                .digest(Bytes.join(neutral, key, MESSAGE)));
        byte[] signature = Bytes.join(neutral, Edwards.little(k.multiply(a).mod(Edwards.ORDER)));
        assertThrows(VerificationException.class, () -> Ed25519Key.parse(key).verify(MESSAGE, signature));
    }

    @Test
    void aSecretNeverPrintsItself() throws MalformedException {
        byte[] seed = new byte[32];
        java.util.Arrays.fill(seed, (byte) 7);
        Ed25519Secret secret = Ed25519Secret.fromSeed(seed);
        assertEquals("Ed25519Secret[secret]", secret.toString());
        assertArrayEquals(seed, secret.seed());
        assertThrows(MalformedException.class, () -> Ed25519Secret.fromSeed(new byte[31]));
    }
}
