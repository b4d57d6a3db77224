package org.safeconduct.crypto.bench;

import java.security.SecureRandom;
import java.util.List;
import org.safeconduct.crypto.ibe.IbeCiphertext;
import org.safeconduct.crypto.ibe.IbePublicKey;
import org.safeconduct.crypto.ibe.IbeSecretKey;
import org.safeconduct.crypto.ibe.IdentityKey;

/** The rows of identity-based encryption: sealing a visit, a part of a key, trying a slot with its lines worked out. */
final class IbeCases {
    private static final int DOMAIN = 96;

    static void add(List<CryptoBench.Case> cases, Raw raw, SecureRandom random) throws Exception {
        IbeSecretKey key = IbeSecretKey.random(random);
        IbePublicKey publicKey = key.publicKey();
        byte[] identity = new byte[32];
        byte[] other = {1};
        byte[] message = new byte[32];
        IbeCiphertext.Prepared sealed = publicKey.encrypt(identity, message, random).prepare();
        IdentityKey right = IdentityKey.parse(key.extract(identity).toBytes());
        IdentityKey wrong = IdentityKey.parse(key.extract(other).toBytes());
        if (sealed.decrypt(right, identity).isEmpty() || sealed.decrypt(wrong, other).isPresent()) throw new IllegalStateException();

        cases.add(new CryptoBench.Case("seal for an identity", 1.15, 1,
                () -> raw.hash(1, DOMAIN).hashToCurve().mult(1).mult2().pairing().encode2(),
                () -> publicKey.encrypt(identity, message, random).toBytes()));
        cases.add(new CryptoBench.Case("extract an identity's key", 1.15, 1,
                () -> raw.hashToCurve().mult(1).encode(1),
                () -> key.extract(identity).toBytes()));
        CryptoBench.Operation attempt = () -> raw.pairing().hash(1, DOMAIN).mult2();
        cases.add(new CryptoBench.Case("open, match", 1.15, 1, attempt, () -> sealed.decrypt(right, identity)));
        cases.add(new CryptoBench.Case("open, no match", 1.15, 1, attempt, () -> sealed.decrypt(wrong, other)));
    }

    private IbeCases() {}
}
