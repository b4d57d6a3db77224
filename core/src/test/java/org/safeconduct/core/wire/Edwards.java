package org.safeconduct.core.wire;

import java.math.BigInteger;

/** edwards25519 by the book (RFC 8032 section 5.1.4), slow and plain: tests make odd keys and signatures with it. */
public record Edwards(BigInteger x, BigInteger y) {
    public static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    public static final BigInteger ORDER = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    public static final Edwards NEUTRAL = new Edwards(BigInteger.ZERO, BigInteger.ONE);
    private static final BigInteger D = BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
    public static final Edwards BASE = new Edwards(
            new BigInteger("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
            new BigInteger("46316835694926478169428394003475163141307993866256225615783033603165251855960"));

    public Edwards plus(Edwards that) {
        BigInteger product = D.multiply(x).multiply(that.x).multiply(y).multiply(that.y).mod(P);
        BigInteger newX = x.multiply(that.y).add(that.x.multiply(y)).multiply(BigInteger.ONE.add(product).modInverse(P));
        BigInteger newY = y.multiply(that.y).add(x.multiply(that.x)).multiply(BigInteger.ONE.subtract(product).modInverse(P));
        return new Edwards(newX.mod(P), newY.mod(P));
    }

    public Edwards times(BigInteger scalar) {
        Edwards result = NEUTRAL;
        for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
            result = result.plus(result);
            if (scalar.testBit(bit)) {
                result = result.plus(this);
            }
        }
        return result;
    }

    public boolean isNeutral() {
        return equals(NEUTRAL);
    }

    /** A point of order exactly eight: the order of the group times some point, searched from y = 3 upwards. */
    public static Edwards torsion() {
        for (BigInteger y = BigInteger.valueOf(3);; y = y.add(BigInteger.ONE)) {
            BigInteger square = y.multiply(y);
            BigInteger xx = square.subtract(BigInteger.ONE)
                    .multiply(D.multiply(square).add(BigInteger.ONE).modInverse(P)).mod(P);
            BigInteger x = root(xx);
            if (x != null) {
                Edwards torsion = new Edwards(x, y).times(ORDER);
                if (!torsion.times(BigInteger.valueOf(4)).isNeutral()) {
                    return torsion;
                }
            }
        }
    }

    private static BigInteger root(BigInteger square) {
        BigInteger root = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (!root.multiply(root).mod(P).equals(square)) {
            root = root.multiply(BigInteger.TWO.modPow(P.shiftRight(2), P)).mod(P);
        }
        return root.multiply(root).mod(P).equals(square) ? root : null;
    }

    public byte[] print() {
        byte[] bytes = little(y);
        bytes[31] |= (byte) (x.testBit(0) ? 0x80 : 0);
        return bytes;
    }

    public static byte[] little(BigInteger number) {
        byte[] bytes = new byte[32];
        byte[] big = number.toByteArray();
        for (int i = 0; i < Math.min(32, big.length); i++) {
            bytes[i] = big[big.length - 1 - i];
        }
        return bytes;
    }

    public static BigInteger little(byte[] bytes) {
        byte[] big = new byte[bytes.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, big);
    }
}
