package org.safeconduct.app.office;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.safeconduct.app.store.Tables;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Ed25519Secret;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bbs.BbsSecretKey;

/** The secret keys of an office, and where they lie in its store, wrapped under the operator key. */
final class OfficeKeys {
    private static final int KEY = 32;

    private final OperatorKey operator;
    /** Seeds: deriving the keys takes long, and only who signs needs them. */
    private final byte[] register;
    private final byte[] cosign;
    private final byte[] person;
    private final byte[] token;

    private OfficeKeys(OperatorKey operator, byte[] register, byte[] cosign, byte[] person, byte[] token) {
        this.operator = operator;
        this.register = register;
        this.cosign = cosign;
        this.person = person;
        this.token = token;
    }

    /** Makes all keys of a new office. */
    static OfficeKeys create(OperatorKey operator, SecureRandom random) {
        return new OfficeKeys(operator, fresh(random), fresh(random), fresh(random), fresh(random));
    }

    /** Unwraps all keys of the office of this store. */
    static OfficeKeys load(OperatorKey operator, Tables tables) {
        return new OfficeKeys(operator, secret(operator, tables, "register-key"), secret(operator, tables, "cosign-key"),
                secret(operator, tables, "person-key"), secret(operator, tables, "token-key"));
    }

    /** Returns these keys with a new register key. */
    OfficeKeys rotated(SecureRandom random) {
        return new OfficeKeys(operator, fresh(random), cosign, person, token);
    }

    /** Stores all keys, wrapped. */
    void save(Tables tables, SecureRandom random) {
        put(tables, "register-key", register, random);
        put(tables, "cosign-key", cosign, random);
        put(tables, "person-key", person, random);
        put(tables, "token-key", token, random);
    }

    private void put(Tables tables, String name, byte[] secret, SecureRandom random) {
        tables.putMeta(name, operator.wrap(name, secret, random));
    }

    private static byte[] secret(OperatorKey operator, Tables tables, String name) {
        return operator.unwrap(name, tables.meta(name).orElseThrow(() ->
                new OfficeException("There is no office in this store yet. Set one up with `office init`.")));
    }

    static byte[] fresh(SecureRandom random) {
        byte[] bytes = new byte[KEY];
        random.nextBytes(bytes);
        return bytes;
    }

    static Ed25519Secret ed25519(byte[] seed) {
        try {
            return Ed25519Secret.fromSeed(seed);
        } catch (MalformedException e) {
            throw new OfficeException("A key in the store is not one. Restore the store from a backup.", e);
        }
    }

    Ed25519Secret register() {
        return ed25519(register);
    }

    Ed25519Secret cosign() {
        return ed25519(cosign);
    }

    byte[] wrapEpochKey(Hash epoch, BbsSecretKey key, SecureRandom random) {
        return operator.wrap("epoch-key " + epoch.hex(), key.toBytes(), random);
    }

    BbsSecretKey unwrapEpochKey(Hash epoch, byte[] wrapped) {
        try {
            return BbsSecretKey.parse(operator.unwrap("epoch-key " + epoch.hex(), wrapped));
        } catch (MalformedException e) {
            throw new OfficeException("The key of an epoch in the store is not one. Restore the store from a backup.", e);
        }
    }

    /** The row of a person: leads back to nobody without the person key, and differs between schemes. */
    Hash row(String scheme, String reference) {
        return mac(person, Bytes.label("person"), utf8(scheme), new byte[1], utf8(reference));
    }

    /** What is stored of a second code: six digits need a key, or they could be tried out from a stolen store. */
    Hash tx(Hash offer, String digits) {
        return mac(person, Bytes.label("tx-code"), offer.bytes(), utf8(digits));
    }

    Hash tokenMac(byte[] content, Hash wallet) {
        return mac(token, Bytes.label("token"), content, wallet.bytes());
    }

    Hash placeMac(byte[] content) {
        return mac(token, Bytes.label("place"), content);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Hash mac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return Hash.parse(mac.doFinal());
        } catch (GeneralSecurityException | MalformedException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256.", e);
        }
    }

    @Override
    public String toString() {
        return "OfficeKeys[secret]";
    }
}
