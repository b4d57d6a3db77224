package org.safeconduct.app.bench;

import java.nio.charset.StandardCharsets;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.crypto.MalformedException;

/** What one person sends, made beforehand, because in life other machines make it. */
final class Person {
    private static final String COMMITMENT = "\"commitment\":\"";

    private final byte[] form;
    private final byte[] body;

    /** @param form the body of POST /token; @param body the body of POST /credential */
    Person(byte[] form, byte[] body) {
        this.form = form;
        this.body = body;
    }

    /** The body of {@code POST /token}; not to be written to. */
    byte[] form() {
        return form;
    }

    /** The body of {@code POST /credential}; not to be written to. */
    byte[] body() {
        return body;
    }

    /** This person asking with the commitment of another: the same offer and wallet, other bytes. */
    Person withCommitmentOf(Person other) {
        String mine = new String(body, StandardCharsets.US_ASCII);
        String theirs = new String(other.body, StandardCharsets.US_ASCII);
        return new Person(form, mine.replace(commitment(mine), commitment(theirs)).getBytes(StandardCharsets.US_ASCII));
    }

    /** What the office remembers of the commitment in the request. */
    Hash commitmentHash() {
        try {
            String hex = commitment(new String(body, StandardCharsets.US_ASCII));
            return Hash.sha256(Hex.parse(hex, hex.length() / 2));
        } catch (MalformedException e) {
            throw new IllegalStateException("We wrote it.", e);
        }
    }

    private static String commitment(String body) {
        int from = body.indexOf(COMMITMENT) + COMMITMENT.length();
        return body.substring(from, body.indexOf('"', from));
    }

    @Override
    public String toString() {
        return "Person[secret]";
    }
}
