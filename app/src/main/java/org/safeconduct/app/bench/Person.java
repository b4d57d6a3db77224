package org.safeconduct.app.bench;

import java.nio.charset.StandardCharsets;

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

    private static String commitment(String body) {
        int from = body.indexOf(COMMITMENT) + COMMITMENT.length();
        return body.substring(from, body.indexOf('"', from));
    }

    @Override
    public String toString() {
        return "Person[secret]";
    }
}
