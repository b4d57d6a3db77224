package org.safeconduct.crypto.ibe;

import org.safeconduct.crypto.bls.G1;

/** An identity with its point worked out, for whoever needs it more than once. Immutable. */
public final class IbeIdentity {
    final G1 point;

    private IbeIdentity(G1 point) {
        this.point = point;
    }

    /** spec/presence.md section 1.1: H1 of any bytes. */
    public static IbeIdentity of(byte[] identity) {
        return new IbeIdentity(Hashing.h1(identity));
    }

    @Override
    public String toString() {
        return "IbeIdentity[point]";
    }
}
