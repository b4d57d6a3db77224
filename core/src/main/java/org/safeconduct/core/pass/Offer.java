package org.safeconduct.core.pass;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;

/**
 * A code that its bearer exchanges for a pass (spec/http.md section 2): 16 secret bytes, and 10 check bits that say of
 * which office it is. An offer tells no address.
 */
public final class Offer {
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int CODE = 16;
    /** Base 32 digits of the code alone: 130 bits, the last two 0. */
    private static final int CODE_DIGITS = 26;
    private static final int ALL_DIGITS = CODE_DIGITS + 2;
    /** Longest text read. */
    private static final int LONGEST = 200;

    private final byte[] code;
    private final int check;

    private Offer(byte[] code, int check) {
        this.code = code;
        this.check = check;
    }

    /** A new offer of an office. @param office leaf of the office line */
    public static Offer create(Hash office, SecureRandom random) {
        byte[] code = new byte[CODE];
        random.nextBytes(code);
        return new Offer(code, check(office, code));
    }

    /** First 10 bits of SHA-256(label(offer) ‖ office leaf ‖ code). */
    private static int check(Hash office, byte[] code) {
        byte[] hash = Hash.sha256(Bytes.label("offer"), office.bytes(), code).bytes();
        return (hash[0] & 0xff) << 2 | (hash[1] & 0xff) >>> 6;
    }

    /**
     * Reads what a person typed or a camera read: with or without prefix, in upper or lower case, spaces, {@code -} and
     * line ends left out, {@code O} as 0, {@code I} and {@code L} as 1.
     *
     * @throws MalformedException if that does not leave 28 digits of Crockford's base 32, or the code's last two bits are
     *     not 0
     */
    public static Offer parse(String text) throws MalformedException {
        // Other alphabets have letters whose upper case is one of ours.
        if (text.length() > LONGEST || text.chars().anyMatch(c -> c > 0x7f)) {
            throw new MalformedException("An offer is not that long and has no such letters.");
        }
        String digits = text.replaceAll("[ \\r\\n-]", "").toUpperCase(Locale.ROOT);
        if (digits.startsWith(Code.OFFER.prefix())) {
            digits = digits.substring(Code.OFFER.prefix().length());
        }
        digits = digits.replace('O', '0').replace('I', '1').replace('L', '1');
        if (digits.length() != ALL_DIGITS) {
            throw new MalformedException("An offer has 28 letters and digits.");
        }
        byte[] code = decode(digits.substring(0, CODE_DIGITS));
        return new Offer(code, digit(digits, CODE_DIGITS) << 5 | digit(digits, CODE_DIGITS + 1));
    }

    /**
     * Returns the hash of a code as a wallet sends it: {@code pre-authorized_code}, 26 digits, upper case, no separators.
     *
     * @throws MalformedException if it is written in any other way
     */
    public static Hash hashOfSent(String digits) throws MalformedException {
        if (digits.length() != CODE_DIGITS) {
            throw new MalformedException("A code has 26 letters and digits.");
        }
        return hash(decode(digits));
    }

    private static byte[] decode(String digits) throws MalformedException {
        byte[] code = new byte[CODE];
        int bits = 0;
        int held = 0;
        int at = 0;
        for (int i = 0; i < digits.length(); i++) {
            bits = (bits << 5 | digit(digits, i)) & 0xfff;
            held += 5;
            if (held >= 8) {
                held -= 8;
                code[at++] = (byte) (bits >>> held);
            }
        }
        if ((bits & 3) != 0) {
            throw new MalformedException("An offer's last bits are not 0.");
        }
        return code;
    }

    private static int digit(String digits, int index) throws MalformedException {
        int digit = DIGITS.indexOf(digits.charAt(index));
        if (digit < 0) {
            throw new MalformedException("An offer holds a character that is not a digit of its.");
        }
        return digit;
    }

    /** Returns whether the check characters are those of this office: by chance for one office in 1,024. */
    public boolean isOf(Hash office) {
        return check(office, code) == check;
    }

    /** Returns the text: {@code SCO1:} and seven groups of four. Whoever reads it has the offer. */
    public String text() {
        StringBuilder text = new StringBuilder(Code.OFFER.prefix());
        String digits = sent() + DIGITS.charAt(check >>> 5) + DIGITS.charAt(check & 31);
        for (int i = 0; i < ALL_DIGITS; i += 4) {
            text.append(i == 0 ? "" : "-").append(digits, i, i + 4);
        }
        return text.toString();
    }

    /** Returns the 26 digits a wallet sends as {@code pre-authorized_code}. */
    public String sent() {
        StringBuilder digits = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (int i = 0; digits.length() < CODE_DIGITS; ) {
            if (held < 5) {
                bits = bits << 8 & 0xffff | (i < CODE ? code[i++] & 0xff : 0);
                held += 8;
            }
            held -= 5;
            digits.append(DIGITS.charAt(bits >>> held & 31));
        }
        return digits.toString();
    }

    /** Returns what the office stores: SHA-256(label(offer-code) ‖ code). */
    public Hash hash() {
        return hash(code);
    }

    private static Hash hash(byte[] code) {
        return Hash.sha256(Bytes.label("offer-code"), code);
    }

    /** Compares in constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Offer that && MessageDigest.isEqual(code, that.code) && check == that.check;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash().bytes());
    }

    @Override
    public String toString() {
        return "Offer[secret]";
    }
}
