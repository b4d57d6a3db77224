package org.safeconduct.core.register;

import java.util.List;
import java.util.Map;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Ed25519Key;
import org.safeconduct.core.wire.Ed25519Secret;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * A {@code key} line: a new register key, signed by the one before (spec/register.md section 2.2).
 *
 * @param number 1 for the first rotation, then one more each
 * @param signature hex of 64 bytes
 */
public record KeyRotation(Ed25519Key key, long number, String signature) implements Line {
    private static final long MOST = 0xffffffffL;

    /** Returns the line by which the key valid so far gives way to a new one. */
    public static KeyRotation sign(Hash officeLeaf, long number, Ed25519Key key, Ed25519Secret before) {
        return new KeyRotation(key, number, Hex.print(before.sign(message(officeLeaf, number, key))));
    }

    /** @throws VerificationException if the signature is not by the key valid before */
    void verify(Hash officeLeaf, Ed25519Key before) throws VerificationException {
        try {
            before.verify(message(officeLeaf, number, key), Hex.parse(signature, Ed25519Key.SIGNATURE_LENGTH));
        } catch (MalformedException e) {
            throw new VerificationException("The signature of a new register key does not verify.");
        }
    }

    private static byte[] message(Hash officeLeaf, long number, Ed25519Key key) {
        return Bytes.join(Bytes.label("register-key"), officeLeaf.bytes(), Bytes.i2osp(number, 4), key.bytes());
    }

    static KeyRotation read(Json json) throws MalformedException {
        Map<String, Json> m = json.members("key", "number", "signature", "type");
        return new KeyRotation(Ed25519Key.parse(m.get("key").string()), m.get("number").whole(1, MOST),
                Hex.print(Hex.parse(m.get("signature").string(), Ed25519Key.SIGNATURE_LENGTH)));
    }

    @Override
    public Json json() {
        return Json.object("key", key.hex(), "number", number, "signature", signature, "type", "key");
    }

    @Override
    public List<Texts> texts() {
        return List.of();
    }
}
