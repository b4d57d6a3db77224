package org.safeconduct.core.presence;

import java.util.List;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Ed25519Key;
import org.safeconduct.core.wire.Ed25519Secret;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/** {@code [bytes, signature]}: how the authority's files travel (spec/presence.md sections 6.2 and 6.3). */
final class SignedFile {
    /** Longest bytes inside, and room for the head and signature around them. */
    static final int LONGEST = 600_000;
    private static final int AROUND = 80;

    private SignedFile() {}

    static byte[] sign(String label, byte[] bytes, Ed25519Secret key) {
        return Cbor.array(bytes, key.sign(Bytes.join(Bytes.label(label), bytes))).print(LONGEST + AROUND);
    }

    static byte[] open(String label, byte[] file, Ed25519Key key) throws MalformedException, VerificationException {
        List<Cbor> fields = Cbor.parse(file, LONGEST + AROUND).items(2);
        byte[] bytes = fields.get(0).bytes(1, LONGEST);
        key.verify(Bytes.join(Bytes.label(label), bytes), fields.get(1).bytes(Ed25519Key.SIGNATURE_LENGTH));
        return bytes;
    }
}
