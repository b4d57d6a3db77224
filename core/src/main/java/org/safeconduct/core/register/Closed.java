package org.safeconduct.core.register;

import java.util.List;
import java.util.Map;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bbs.BbsPublicKey;
import org.safeconduct.crypto.bbs.BbsSecretKey;

/**
 * The end of an epoch: its counts and its secret key, so that an old showing proves nothing
 * (spec/register.md section 2.7).
 *
 * @param issued passes issued
 * @param key hex of the 32-byte secret key, which is public from here on
 * @param replaced how many of them replaced a lost one
 */
public record Closed(Hash epoch, long issued, String key, long replaced) implements Line {
    static Closed read(Json json) throws MalformedException {
        Map<String, Json> m = json.members("epoch", "issued", "key", "replaced", "type");
        long issued = m.get("issued").whole(0, Json.LARGEST);
        String key = m.get("key").string();
        publicKey(key);
        return new Closed(Hash.parse(m.get("epoch").string()), issued, key, m.get("replaced").whole(0, issued));
    }

    /** Returns the public key that belongs to the published one. */
    static BbsPublicKey publicKey(String key) throws MalformedException {
        try (BbsSecretKey secret = BbsSecretKey.parse(Hex.parse(key, BbsSecretKey.BYTES))) {
            return secret.publicKey();
        }
    }

    @Override
    public Json json() {
        return Json.object("epoch", epoch, "issued", issued, "key", key, "replaced", replaced, "type", "closed");
    }

    @Override
    public List<Texts> texts() {
        return List.of();
    }
}
