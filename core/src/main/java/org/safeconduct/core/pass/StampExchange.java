package org.safeconduct.core.pass;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * One code of a stamp book exchange between paired doors (spec/pass.md section 6.2).
 *
 * @param epoch leaf of the epoch line
 * @param scope index of the scope, 0 to 3
 * @param part this code's number, 0 to parts - 1
 * @param parts how many codes the book fills, 1 to 100,000
 * @param prefixes first 8 bytes of each stamp's SHA-256 as lowercase hex, ascending without repeats: 100, in the last
 *     part 1 to 100, none only in the single part of an empty book
 */
public record StampExchange(Hash epoch, int scope, int part, int parts, List<String> prefixes) {
    /** Most prefixes in one code. */
    public static final int MOST_PREFIXES = 100;
    /** Most codes of one book: ten million stamps. */
    public static final int MOST_PARTS = 100_000;

    private static final int MAC = 16;

    /** @throws IllegalArgumentException if a number is out of range or the prefixes are not 16 digits each, ascending */
    public StampExchange {
        prefixes = List.copyOf(prefixes);
        boolean fits = scope >= 0 && scope < Ask.MOST_SCOPES && parts >= 1 && parts <= MOST_PARTS && part >= 0
                && part < parts && (parts == 1 || !prefixes.isEmpty())
                && (part == parts - 1 ? prefixes.size() <= MOST_PREFIXES : prefixes.size() == MOST_PREFIXES);
        for (int i = 0; fits && i < prefixes.size(); i++) {
            fits = prefixes.get(i).matches("[0-9a-f]{16}") && (i == 0 || prefixes.get(i - 1).compareTo(prefixes.get(i)) < 0);
        }
        if (!fits) {
            throw new IllegalArgumentException("This is not a part of a stamp book.");
        }
    }

    /** Returns the text of the code, vouched for by the pairing secret. */
    public String text(PairingSecret secret) {
        List<Object> fields = fields();
        byte[] mac = mac(secret);
        List<Object> all = new ArrayList<>(fields);
        all.add(mac);
        return Code.STAMP_BOOK.print(Cbor.of(all).print());
    }

    /**
     * Reads a code.
     *
     * @throws MalformedException if it does not have the form
     * @throws VerificationException if it was not made with this pairing secret
     */
    public static StampExchange parse(String text, PairingSecret secret) throws MalformedException, VerificationException {
        List<Cbor> items = Cbor.parse(Code.STAMP_BOOK.parse(text)).items(7);
        if (items.get(0).whole(1) != 1) {
            throw new MalformedException("This exchange is of an unknown version.");
        }
        byte[] joined = items.get(5).bytes(0, MOST_PREFIXES * Stamp.PREFIX);
        if (joined.length % Stamp.PREFIX != 0) {
            throw new MalformedException("The prefixes of an exchange have 8 bytes each.");
        }
        StampExchange exchange;
        try {
            exchange = new StampExchange(items.get(1).hash(), (int) items.get(2).whole(Ask.MOST_SCOPES - 1),
                    (int) items.get(3).whole(MOST_PARTS), (int) items.get(4).whole(MOST_PARTS), split(joined));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("This is not a part of a stamp book.", e);
        }
        if (!MessageDigest.isEqual(items.get(6).bytes(MAC), exchange.mac(secret))) {
            throw new VerificationException("This exchange does not come from a paired door.");
        }
        return exchange;
    }

    private List<Object> fields() {
        byte[] joined = Bytes.join(prefixes.stream().map(StampExchange::unhex).toArray(byte[][]::new));
        return List.of(1, epoch, scope, part, parts, joined);
    }

    private byte[] mac(PairingSecret secret) {
        byte[] message = Bytes.join(Bytes.label("stamp-book"), Cbor.of(fields()).print());
        return Arrays.copyOf(secret.mac(message), MAC);
    }

    private static List<String> split(byte[] joined) {
        List<String> prefixes = new ArrayList<>();
        for (int at = 0; at < joined.length; at += Stamp.PREFIX) {
            prefixes.add(Hex.print(Arrays.copyOfRange(joined, at, at + Stamp.PREFIX)));
        }
        return prefixes;
    }

    private static byte[] unhex(String prefix) {
        return java.util.HexFormat.of().parseHex(prefix);
    }
}
