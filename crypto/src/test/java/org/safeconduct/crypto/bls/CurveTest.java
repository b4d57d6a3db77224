package org.safeconduct.crypto.bls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The arithmetic below BBS, held against other ways to the same result. */
class CurveTest {
    private static final BigInteger R = new BigInteger("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001", 16);
    private static final BigInteger LAMBDA = new BigInteger("d201000000010000", 16).pow(2).subtract(BigInteger.ONE);
    private static final SecureRandom RANDOM = new SecureRandom();

    private static Scalar scalar(BigInteger n) {
        byte[] big = n.mod(R).toByteArray();
        byte[] le = new byte[32];
        for (int i = 0; i < Math.min(32, big.length); i++) le[i] = big[big.length - 1 - i];
        return new Scalar(le);
    }

    private static BigInteger number(Scalar s) {
        return new BigInteger(1, s.toBytes());
    }

    /** Random numbers and those where halving, windows and carries turn. */
    private static List<BigInteger> numbers() {
        Random random = new Random(7);
        List<BigInteger> all = new ArrayList<>(List.of(BigInteger.ZERO, BigInteger.ONE, BigInteger.TWO, LAMBDA, LAMBDA.add(BigInteger.ONE),
                LAMBDA.subtract(BigInteger.ONE), LAMBDA.multiply(LAMBDA), R.subtract(BigInteger.ONE), R.subtract(BigInteger.TWO),
                BigInteger.valueOf(128), BigInteger.valueOf(255), BigInteger.valueOf(256), BigInteger.TWO.pow(254),
                BigInteger.TWO.pow(128), BigInteger.TWO.pow(128).subtract(BigInteger.ONE)));
        for (int i = 0; i < 20; i++) all.add(new BigInteger(255, random).mod(R));
        return all;
    }

    private static List<G1> points(int count) {
        List<G1> points = new ArrayList<>();
        for (int i = 0; i < count; i++) points.add(G1.hash(new byte[] {(byte) i}, new byte[] {1}));
        return points;
    }

    @Test
    void scalarsAgreeWithBigIntegers() {
        for (BigInteger a : numbers()) {
            for (BigInteger b : numbers()) {
                assertEquals(a.add(b).mod(R), number(scalar(a).plus(scalar(b))));
                assertEquals(a.multiply(b).mod(R), number(scalar(a).times(scalar(b))));
                try (Vault vault = Vault.open()) {
                    SecretScalar x = vault.copy(scalar(a));
                    SecretScalar y = vault.copy(scalar(b));
                    assertEquals(a.subtract(b).mod(R), number(x.minus(y).reveal()));
                    assertEquals(a.multiply(b).mod(R), number(x.times(y).reveal()));
                    assertEquals(a.equals(b), x.sameAs(y));
                }
            }
            assertEquals(a.negate().mod(R), number(scalar(a).negate()));
            try (Vault vault = Vault.open()) {
                if (a.signum() > 0) assertEquals(a.modInverse(R), number(vault.copy(scalar(a)).inverse().reveal()));
            }
        }
    }

    @Test
    void everyWayOfMultiplyingAgrees() {
        List<BigInteger> numbers = numbers();
        List<G1> points = points(numbers.size());
        List<G1> few = points.subList(0, 16);
        G1Table combed = G1Table.of(few);
        G1Table plain = G1Table.of(points);
        try (Vault vault = Vault.open()) {
            for (int i = 0; i < numbers.size(); i++) {
                Scalar s = scalar(numbers.get(i));
                G1 expected = points.get(i).times(vault.copy(s));
                assertEquals(expected, points.get(i).times(s));
                assertEquals(expected, G1.multi(List.of(points.get(i)), List.of(s)));
                assertEquals(expected, plain.sum(i, List.of(s)));
                if (i < 16) assertEquals(expected, combed.sum(i, List.of(s)));
            }
            List<Scalar> scalars = numbers.stream().map(CurveTest::scalar).toList();
            G1 all = G1.sum(points, scalars.stream().map(vault::copy).toList());
            assertEquals(all, G1.multi(points, scalars));
            assertEquals(all, plain.sum(0, scalars));
            G1 some = G1.sum(points.subList(3, 12), scalars.subList(3, 12).stream().map(vault::copy).toList());
            assertEquals(some, combed.sum(3, scalars.subList(3, 12)));
            assertEquals(some, G1.multi(points.subList(3, 12), scalars.subList(3, 12)));
        }
    }

    @Test
    void pairingIsBilinear() {
        try (Vault vault = Vault.open()) {
            SecretScalar a = vault.random(RANDOM);
            SecretScalar b = vault.random(RANDOM);
            G1 p = G1.generator();
            G2 q = G2.generator();
            Gt expected = Pairing.of(p.times(a.times(b)), q);
            assertEquals(expected, Pairing.of(p.times(a), q.times(b)));
            assertEquals(expected, Pairing.of(p.times(a), G2Lines.of(q.times(b))));
            assertArrayEquals(expected.toBytes(), Pairing.of(p, q.times(a.times(b))).toBytes());
            assertNotEquals(expected, Pairing.of(p, q));
            assertEquals(expected, Pairing.of(p.times(a), q).times(Pairing.of(p.times(a), q.times(b)).times(Pairing.of(p.times(a).negate(), q))));
            assertTrue(Pairing.equal(p.times(a), G2Lines.GENERATOR, p, G2Lines.of(q.times(a))));
            assertFalse(Pairing.equal(p.times(a), G2Lines.GENERATOR, p, G2Lines.of(q.times(b))));
        }
    }

    /** RFC 9380, appendix J.9.1, the empty message. */
    @Test
    void hashToCurveAgreesWithItsStandard() {
        byte[] dst = "QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_".getBytes(StandardCharsets.US_ASCII);
        byte[] x = HexFormat.of().parseHex("052926add2207b76ca4fa57a8734416c8dc95e24501772c814278700eed6d1e4e8cf62d9c09db0fac349612b759e79a1");
        byte[] encoded = G1.hash(new byte[0], dst).toBytes();
        encoded[0] &= 0x1f;
        assertArrayEquals(x, encoded);
    }

    /** RFC 9380, appendix K.1, the empty message, 32 bytes. */
    @Test
    void expansionAgreesWithItsStandard() {
        byte[] dst = "QUUX-V01-CS02-with-expander-SHA256-128".getBytes(StandardCharsets.US_ASCII);
        try (Transcript t = new Transcript()) {
            assertEquals("68a985b87eb6b46952128911f2a4412bbc302a9d759667f87f7a21d803f07235", HexFormat.of().formatHex(t.expand(dst, 32)));
        }
    }

    @Test
    void transcriptGrows() {
        byte[] part = new byte[1500];
        Arrays.fill(part, (byte) 7);
        byte[] whole = new byte[6000];
        Arrays.fill(whole, (byte) 7);
        try (Transcript a = new Transcript(); Transcript b = new Transcript()) {
            for (int i = 0; i < 4; i++) a.add(part);
            assertArrayEquals(b.add(whole).expand(new byte[] {1}, 48), a.expand(new byte[] {1}, 48));
        }
    }

    @Test
    void identityIsRecognised() {
        G1 p = G1.generator();
        assertTrue(p.plus(p.negate()).isIdentity());
        assertTrue(p.times(Scalar.of(0)).isIdentity());
        assertFalse(p.isIdentity());
        try (Vault vault = Vault.open()) {
            assertTrue(G2.generator().times(vault.copy(Scalar.of(0))).isIdentity());
            SecretScalar one = vault.copy(Scalar.ONE);
            assertEquals(G2.generator().times(one.plus(one)), G2.generator().plus(G2.generator()));
        }
    }

    @Test
    void librariesOfAllSystemsAreInTheJar() {
        for (String system : List.of("Linux", "Mac OS X", "Windows 11")) {
            for (String machine : List.of("amd64", "aarch64")) {
                String resource = BlstLibrary.resource(system, machine);
                assertTrue(CurveTest.class.getClassLoader().getResource(resource) != null, resource);
            }
        }
    }
}
