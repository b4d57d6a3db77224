package org.safeconduct.core.register;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.bbs.BbsPublicKey;

/**
 * The lines that several {@link Register}s share, with indexes over them; grows at its end and never otherwise.
 *
 * <p>Every register is a prefix of a history. An index entry names the position of its line, so that a register sees an
 * entry exactly if the position is below its size: nothing is copied when a register grows by a line. Appending to a
 * register that is not the longest copies its prefix into a history of its own.
 */
final class History {
    /** A line with everything that is computed from it once. */
    record Entry(Placed<Line> placed, byte[] bytes) {
        Line line() {
            return placed.line();
        }
    }

    /** What names an epoch in its scheme. */
    private record Numbered(Hash scheme, int number, boolean spare) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Tree tree = new Tree();
    private final Map<Hash, Integer> positions = new HashMap<>();
    private final Map<String, Integer> schemeIds = new HashMap<>();
    private final Map<BbsPublicKey, Integer> epochKeys = new HashMap<>();
    private final Map<Hash, Integer> stops = new HashMap<>();
    private final Map<Hash, Integer> closings = new HashMap<>();
    private final Map<Hash, List<Integer>> epochs = new HashMap<>();
    private final Map<Hash, List<Integer>> mains = new HashMap<>();
    private final Map<Numbered, Integer> numbered = new HashMap<>();
    private final List<Integer> rotations = new ArrayList<>();

    /** Adds a line that was checked, if this history has exactly {@code size} lines; otherwise returns false. */
    synchronized boolean add(int size, Line line, Hash leaf, byte[] bytes) {
        if (entries.size() != size) {
            return false;
        }
        entries.add(new Entry(new Placed<>(size, leaf, line), bytes));
        tree.add(leaf);
        positions.put(leaf, size);
        switch (line) {
            case Scheme scheme -> schemeIds.put(scheme.id(), size);
            case Epoch epoch -> {
                epochKeys.put(epoch.key(), size);
                epochs.computeIfAbsent(epoch.scheme(), scheme -> new ArrayList<>()).add(size);
                numbered.put(new Numbered(epoch.scheme(), epoch.number(), epoch.spare()), size);
                if (!epoch.spare()) {
                    mains.computeIfAbsent(epoch.scheme(), scheme -> new ArrayList<>()).add(size);
                }
            }
            case Stop stop -> stops.put(stop.target(), size);
            case Closed closed -> closings.put(closed.epoch(), size);
            case KeyRotation rotation -> rotations.add(size);
            case Office office -> { }
            case Asker asker -> { }
            case Authority authority -> { }
            case Build build -> { }
        }
        return true;
    }

    /** Returns a history of the first lines alone. */
    synchronized History prefix(int size) {
        History copy = new History();
        for (Entry entry : entries.subList(0, size)) {
            copy.add(entry.placed.position(), entry.line(), entry.placed.leaf(), entry.bytes);
        }
        return copy;
    }

    synchronized Entry entry(int position) {
        return entries.get(position);
    }

    synchronized List<Entry> entries(int size) {
        return List.copyOf(entries.subList(0, size));
    }

    synchronized Hash rootOf(int size) {
        return tree.rootOf(size);
    }

    /** The look-ups return a position that may be beyond the asking register, or -1. */
    synchronized int position(Hash leaf) {
        return positions.getOrDefault(leaf, -1);
    }

    synchronized int schemeId(String id) {
        return schemeIds.getOrDefault(id, -1);
    }

    synchronized int epochKey(BbsPublicKey key) {
        return epochKeys.getOrDefault(key, -1);
    }

    synchronized int stop(Hash target) {
        return stops.getOrDefault(target, -1);
    }

    synchronized int closing(Hash epoch) {
        return closings.getOrDefault(epoch, -1);
    }

    /** Positions of the epoch lines of a scheme, ascending. */
    synchronized List<Integer> epochs(Hash scheme) {
        return Collections.unmodifiableList(new ArrayList<>(epochs.getOrDefault(scheme, List.of())));
    }

    synchronized int epoch(Hash scheme, int number, boolean spare) {
        return numbered.getOrDefault(new Numbered(scheme, number, spare), -1);
    }

    /** Position of the last main epoch of a scheme among the first lines, or -1. */
    synchronized int lastMain(Hash scheme, int size) {
        List<Integer> positions = mains.getOrDefault(scheme, List.of());
        int found = Collections.binarySearch(positions, size);
        int below = found < 0 ? -found - 1 : found;
        return below == 0 ? -1 : positions.get(below - 1);
    }

    /** Positions of the key lines, ascending. */
    synchronized List<Integer> rotations() {
        return List.copyOf(rotations);
    }
}
