package org.safeconduct.core.wire;

import java.math.BigInteger;
import java.util.List;
import org.safeconduct.crypto.MalformedException;

/** What an encoding of a point of edwards25519 must obey to be a key or the R of a signature. Public values only. */
final class Ed25519Point {
    /** Length of an encoding in bytes. */
    static final int LENGTH = 32;

    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger HALF = P.shiftRight(1);
    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
    private static final BigInteger ORDER_EIGHT = new BigInteger(
            "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);
    /** The y of the eight points whose order divides 8; no other point has one of them. */
    private static final List<BigInteger> SMALL_ORDER = List.of(BigInteger.ZERO, BigInteger.ONE,
            P.subtract(BigInteger.ONE), ORDER_EIGHT, P.subtract(ORDER_EIGHT));

    private Ed25519Point() {}

    /**
     * Returns the y coordinate of a canonical encoding of a point that is not of small order.
     *
     * @throws MalformedException if the 32 bytes are anything else
     */
    static BigInteger y(byte[] encoding) throws MalformedException {
        // RFC 8032, section 5.1.3, with the refusals of spec/register.md section 1.7.
        byte[] bigEndian = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            bigEndian[i] = encoding[LENGTH - 1 - i];
        }
        bigEndian[0] &= 0x7f;
        BigInteger y = new BigInteger(1, bigEndian);
        if (y.compareTo(P) >= 0) {
            throw new MalformedException("An Ed25519 point is not written canonically.");
        }
        // x = 0 occurs for y = 1 and y = -1 only, so this refuses the sign bit on x = 0 as well.
        if (SMALL_ORDER.contains(y)) {
            throw new MalformedException("An Ed25519 point is of small order.");
        }
        // x^2 = u / v with u = y^2 - 1 and v = d y^2 + 1, a square exactly where u v is one.
        BigInteger square = y.multiply(y);
        BigInteger uv = square.subtract(BigInteger.ONE).multiply(D.multiply(square).add(BigInteger.ONE)).mod(P);
        if (!uv.modPow(HALF, P).equals(BigInteger.ONE)) {
            throw new MalformedException("An Ed25519 key is not a point of the curve.");
        }
        return y;
    }

    /** Returns the sign bit of x. */
    static boolean isOdd(byte[] encoding) {
        return (encoding[LENGTH - 1] & 0x80) != 0;
    }
}
