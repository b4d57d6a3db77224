package org.safeconduct.core.pass;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bbs.BbsVerifierKey;
import org.safeconduct.crypto.bbs.NymBbs;

/**
 * What the register says about the passes of one epoch: header, L, N, key and values, and what is prepared from it.
 *
 * <p>Nothing of it is ever taken from the code being read (spec/pass.md section 1.1). Immutable.
 */
final class Layout {
    private record Shape(int messages, int scopes) {}

    /** Generators and tables depend on L and N alone and are dear; there are at most 36 shapes. */
    private static final Map<Shape, NymBbs> PREPARED = new ConcurrentHashMap<>();

    private final Scheme scheme;
    private final Placed<Epoch> epoch;
    private final NymBbs bbs;
    private final BbsVerifierKey key;

    private Layout(Register register, Placed<Epoch> epoch) {
        this.scheme = register.find(epoch.line().scheme(), Scheme.class).orElseThrow().line();
        this.epoch = epoch;
        this.bbs = PREPARED.computeIfAbsent(new Shape(scheme.attributes().size(), scheme.scopes().size()),
                shape -> NymBbs.of(shape.messages, 0, shape.scopes));
        this.key = BbsVerifierKey.of(epoch.line().key());
    }

    /** @throws IllegalArgumentException if the register has no such epoch */
    static Layout of(Register register, Hash leaf) {
        return new Layout(register, register.find(leaf, Epoch.class)
                .orElseThrow(() -> new IllegalArgumentException("The register has no such epoch.")));
    }

    /** For a leaf from stored bytes. @throws MalformedException if the register has no such epoch */
    static Layout find(Register register, Hash leaf) throws MalformedException {
        return new Layout(register, register.find(leaf, Epoch.class)
                .orElseThrow(() -> new MalformedException("The register has no such epoch.")));
    }

    /** Leaf of the epoch line. */
    Hash leaf() {
        return epoch.leaf();
    }

    /** Position of the epoch line. */
    int position() {
        return epoch.position();
    }

    Scheme scheme() {
        return scheme;
    }

    Epoch epoch() {
        return epoch.line();
    }

    byte[] header() {
        return epoch.leaf().bytes();
    }

    NymBbs bbs() {
        return bbs;
    }

    BbsVerifierKey key() {
        return key;
    }

    /** N. */
    int scopes() {
        return scheme.scopes().size();
    }

    /** Whether the ask is of this scheme and names what it has. */
    boolean fits(Ask ask) {
        return ask.scheme().equals(epoch.line().scheme())
                && ask.attributes().stream().allMatch(i -> i < scheme.attributes().size())
                && ask.scope().stream().allMatch(i -> i < scopes());
    }

    /** Whether there is one value for each of the attributes, and each is exactly one of its attribute's. */
    boolean areValues(List<Integer> attributes, List<String> values) {
        if (attributes.size() != values.size()) {
            return false;
        }
        for (int i = 0; i < values.size(); i++) {
            if (!scheme.attributes().get(attributes.get(i)).domain().contains(values.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether these are the values of a whole pass. */
    boolean areValues(List<String> values) {
        return areValues(java.util.stream.IntStream.range(0, scheme.attributes().size()).boxed().toList(), values);
    }

    /** The signed messages: the values as UTF-8. */
    static List<byte[]> messages(List<String> values) {
        return values.stream().map(Utf8::print).toList();
    }
}
