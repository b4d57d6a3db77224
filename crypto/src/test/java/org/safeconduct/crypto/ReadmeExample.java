package org.safeconduct.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.safeconduct.crypto.bbs.Bbs;
import org.safeconduct.crypto.bbs.BbsProof;
import org.safeconduct.crypto.bbs.BbsPublicKey;
import org.safeconduct.crypto.bbs.BbsSecretKey;
import org.safeconduct.crypto.bbs.BbsSignature;
import org.safeconduct.crypto.bbs.BbsVerifierKey;

/** The example of the README, word for word. */
final class ReadmeExample {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static BbsProof run() throws MalformedException, VerificationException {
        // README
        SecureRandom random = new SecureRandom();
        Bbs bbs = Bbs.of(3); // three messages; make it once and share it
        byte[] header = utf8("library card 2026");
        List<byte[]> messages = List.of(utf8("Ada"), utf8("reader"), utf8("1990"));

        // the issuer
        byte[] publicKey;
        BbsSignature signature;
        try (BbsSecretKey key = BbsSecretKey.random(random)) {
            publicKey = key.publicKey().toBytes();
            signature = bbs.sign(key, header, messages);
        }

        // the holder shows that she is a reader, and nothing else
        byte[] nonce = utf8("asked by the door today");
        BbsPublicKey issuer = BbsPublicKey.parse(publicKey);
        byte[] shown = bbs.prove(issuer, signature, header, nonce, messages, new int[] {1}, random).toBytes();

        // the verifier; throws VerificationException if the proof does not hold
        BbsVerifierKey prepared = BbsVerifierKey.of(issuer); // keep it for the next proof
        bbs.verify(prepared, BbsProof.parse(shown), header, nonce, Map.of(1, utf8("reader")));
        // end
        return BbsProof.parse(shown);
    }

    private ReadmeExample() {}
}
