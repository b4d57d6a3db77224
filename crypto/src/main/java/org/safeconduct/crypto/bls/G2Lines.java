package org.safeconduct.crypto.bls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A point of G2 with the lines of its Miller loop worked out (20 kB). Immutable; shared between threads. */
public final class G2Lines {
    /** Lines of the generator BP2. */
    public static final G2Lines GENERATOR = of(G2.generator());

    final MemorySegment lines;

    private G2Lines(MemorySegment lines) {
        this.lines = lines;
    }

    /** Works out the lines of a point that is not the identity. */
    public static G2Lines of(G2 point) {
        MemorySegment lines = Arena.ofAuto().allocate(Blst.LINES, 8);
        try (Arena arena = Arena.ofConfined()) {
            Blst.precomputeLines(lines, point.affine(arena));
        }
        return new G2Lines(lines);
    }

    @Override
    public String toString() {
        return "G2Lines[68 lines]";
    }
}
