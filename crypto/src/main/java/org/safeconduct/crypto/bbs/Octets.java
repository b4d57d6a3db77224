package org.safeconduct.crypto.bbs;

import java.util.ArrayList;
import java.util.List;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.Scalar;

/** Reading and writing runs of points and scalars. */
final class Octets {
    static void length(byte[] bytes, int expected, String what) throws MalformedException {
        if (bytes.length != expected) throw new MalformedException(what + " does not have " + expected + " bytes.");
    }

    static List<Scalar> scalars(byte[] bytes, int offset, int count) throws MalformedException {
        List<Scalar> scalars = new ArrayList<>(count);
        for (int i = 0; i < count; i++) scalars.add(Scalar.parse(bytes, offset + 32 * i));
        return scalars;
    }

    static byte[] of(List<G1> points, List<Scalar> scalars) {
        byte[] out = new byte[48 * points.size() + 32 * scalars.size()];
        int at = 0;
        for (G1 p : points) {
            System.arraycopy(p.toBytes(), 0, out, at, 48);
            at += 48;
        }
        for (Scalar s : scalars) {
            s.write(out, at);
            at += 32;
        }
        return out;
    }

    private Octets() {}
}
