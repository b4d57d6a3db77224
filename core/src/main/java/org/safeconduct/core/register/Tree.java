package org.safeconduct.core.register;

import java.util.ArrayList;
import java.util.List;
import org.safeconduct.core.wire.Hash;

/**
 * The Merkle tree over leaf hashes (RFC 9162 section 2.1), growing at its right edge.
 *
 * <p>Level h keeps the hashes of all full subtrees of 2^h leaves. A leaf is added in constant time on average, and the
 * root of any earlier size costs one hash for each bit of the size.
 */
final class Tree {
    private static final byte[] NODE = {1};

    private final List<List<Hash>> levels = new ArrayList<>();

    /** Adds the hash of the next leaf. */
    void add(Hash leaf) {
        Hash hash = leaf;
        for (int level = 0;; level++) {
            if (level == levels.size()) {
                levels.add(new ArrayList<>());
            }
            List<Hash> row = levels.get(level);
            row.add(hash);
            if (row.size() % 2 != 0) {
                return;
            }
            hash = node(row.get(row.size() - 2), hash);
        }
    }

    /** Returns the number of leaves. */
    int size() {
        return levels.isEmpty() ? 0 : levels.get(0).size();
    }

    /**
     * Returns the root of the first leaves.
     *
     * @param size 1 to {@link #size}
     */
    Hash rootOf(int size) {
        if (size < 1 || size > size()) {
            throw new IllegalArgumentException("The tree has 1 to " + size() + " leaves.");
        }
        // The full subtrees of the size's bits, joined from the smallest, which is rightmost, upwards.
        Hash root = null;
        for (int level = 0; size >>> level != 0; level++) {
            if ((size >>> level & 1) != 0) {
                Hash peak = levels.get(level).get((size >>> level) - 1);
                root = root == null ? peak : node(peak, root);
            }
        }
        return root;
    }

    private static Hash node(Hash left, Hash right) {
        return Hash.sha256(NODE, left.bytes(), right.bytes());
    }
}
