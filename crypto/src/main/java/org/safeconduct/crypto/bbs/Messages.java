package org.safeconduct.crypto.bbs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.safeconduct.crypto.bls.Scalar;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Vault;

/** Messages and places as callers give them, checked and mapped to scalars. */
final class Messages {
    static List<Scalar> known(Api api, List<byte[]> messages, int expected) {
        count(messages.size(), expected);
        List<Scalar> scalars = new ArrayList<>(expected);
        for (byte[] m : messages) scalars.add(api.message(m));
        return scalars;
    }

    static List<SecretScalar> secret(Api api, List<byte[]> messages, int expected, Vault work) {
        count(messages.size(), expected);
        List<SecretScalar> scalars = new ArrayList<>(expected + 8);
        for (byte[] m : messages) scalars.add(api.message(m, work));
        return scalars;
    }

    static TreeMap<Integer, Scalar> disclosed(Api api, Map<Integer, byte[]> disclosed, int count) {
        TreeMap<Integer, Scalar> scalars = new TreeMap<>();
        disclosed.forEach((place, message) -> scalars.put(place(place, count), api.message(message)));
        return scalars;
    }

    /** Places among the signed scalars: messages as they are, committed ones after the messages and the blind. */
    static int[] places(int[] messages, int messageCount, int[] committed, int committedCount) {
        int[] all = Arrays.copyOf(messages, messages.length + committed.length);
        for (int i : messages) place(i, messageCount);
        for (int i = 0; i < committed.length; i++) {
            all[messages.length + i] = messageCount + 1 + place(committed[i], committedCount);
        }
        Arrays.sort(all);
        for (int i = 1; i < all.length; i++) {
            if (all[i] == all[i - 1]) throw new IllegalArgumentException("an index is given twice");
        }
        return all;
    }

    private static int place(int place, int count) {
        if (place < 0 || place >= count) throw new IllegalArgumentException("an index is not in 0.." + (count - 1));
        return place;
    }

    private static void count(int actual, int expected) {
        if (actual != expected) throw new IllegalArgumentException("expected " + expected + " messages, not " + actual);
    }

    private Messages() {}
}
