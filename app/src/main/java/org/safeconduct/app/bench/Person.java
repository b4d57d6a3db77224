package org.safeconduct.app.bench;

/** What one person sends, made beforehand, because in life other machines make it. */
final class Person {
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

    @Override
    public String toString() {
        return "Person[secret]";
    }
}
