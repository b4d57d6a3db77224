package org.safeconduct.core.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;

/**
 * What a question asks of a pass of one scheme (spec/pass.md section 3.1).
 *
 * @param scheme leaf of the scheme line
 * @param attributes indexes of the attributes to disclose, 0 to 7, ascending without repeats
 * @param scope index of the scope to stamp in, 0 to 3, or none for no stamp
 */
public record Ask(Hash scheme, List<Integer> attributes, OptionalInt scope) {
    /** Most attributes of a scheme (spec/register.md section 2.3). */
    static final int MOST_ATTRIBUTES = 8;
    /** Most scopes of a scheme (spec/register.md section 2.3). */
    static final int MOST_SCOPES = 4;

    /** @throws IllegalArgumentException if an index is out of range or the attributes do not ascend */
    public Ask {
        attributes = List.copyOf(attributes);
        if (!ascends(attributes) || attributes.stream().anyMatch(i -> i < 0 || i >= MOST_ATTRIBUTES)
                || scope.isPresent() && (scope.getAsInt() < 0 || scope.getAsInt() >= MOST_SCOPES)) {
            throw new IllegalArgumentException("An ask names an index that no scheme has.");
        }
    }

    Cbor print() {
        return Cbor.array(scheme, attributes, orNull(scope));
    }

    /** The default ask of a scheme line. @param leaf its leaf */
    public static Ask defaultOf(Hash leaf, Scheme scheme) {
        return new Ask(leaf, scheme.defaults(), scheme.defaultScope());
    }

    /** What paper of a scheme line answers, if there is paper. @param leaf its leaf */
    public static Optional<Ask> paperOf(Hash leaf, Scheme scheme) {
        return scheme.paper().map(paper -> new Ask(leaf, paper.attributes(), paper.scope()));
    }

    static Ask parse(Cbor cbor) throws MalformedException {
        List<Cbor> items = cbor.items(3);
        List<Integer> attributes = indexes(items.get(1));
        return new Ask(items.get(0).hash(), attributes, index(items.get(2), MOST_SCOPES));
    }

    /** Reads a list of attribute indexes, ascending without repeats. */
    static List<Integer> indexes(Cbor cbor) throws MalformedException {
        List<Integer> indexes = new ArrayList<>();
        for (Cbor item : cbor.items(0, MOST_ATTRIBUTES)) {
            indexes.add((int) item.whole(MOST_ATTRIBUTES - 1));
        }
        if (!ascends(indexes)) {
            throw new MalformedException("Attribute indexes do not ascend.");
        }
        return indexes;
    }

    /** Reads an index below {@code count}, or null. */
    static OptionalInt index(Cbor cbor, int count) throws MalformedException {
        return cbor.isNull() ? OptionalInt.empty() : OptionalInt.of((int) cbor.whole(count - 1));
    }

    static Object orNull(OptionalInt index) {
        return index.isPresent() ? index.getAsInt() : null;
    }

    private static boolean ascends(List<Integer> indexes) {
        for (int i = 1; i < indexes.size(); i++) {
            if (indexes.get(i - 1) >= indexes.get(i)) {
                return false;
            }
        }
        return true;
    }
}
