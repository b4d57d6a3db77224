package org.safeconduct.crypto.bbs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.Scalar;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Transcript;
import org.safeconduct.crypto.bls.Vault;

/** The three interfaces of the pinned drafts and the separation tags that hang on their names. */
enum Api {
    CORE("H2G_HM2S_"),
    BLIND("BLIND_H2G_HM2S_"),
    PSEUDONYM("H2G_HM2S_PSEUDONYM_");

    /** The ciphersuite: BLS12-381, SHA-256. */
    static final String SUITE = "BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_";

    /** api_id. */
    final byte[] id;
    /** api_id of the committed part. */
    final byte[] blindId;
    private final byte[] scalarDst;
    private final byte[] messageDst;
    private final byte[] nymPointDst;

    Api(String name) {
        this.id = ascii(Api.SUITE + name);
        this.blindId = concat(ascii("BLIND_"), id);
        this.scalarDst = concat(id, ascii("H2S_"));
        this.messageDst = concat(id, ascii("MAP_MSG_TO_SCALAR_AS_HASH_"));
        this.nymPointDst = concat(id, ascii("VECT_NYM_SECRETS"));
    }

    /** hash_to_scalar for domain and challenges. */
    Scalar hash(Transcript transcript) {
        return transcript.scalar(scalarDst);
    }

    /** hash_to_scalar for e. */
    SecretScalar hash(Transcript transcript, Vault into) {
        return transcript.scalar(scalarDst, into);
    }

    /** messages_to_scalars, one message that need not stay secret. */
    Scalar message(byte[] message) {
        try (Transcript t = new Transcript()) {
            return t.add(message).scalar(messageDst);
        }
    }

    /** messages_to_scalars, one message of the prover. */
    SecretScalar message(byte[] message, Vault into) {
        try (Transcript t = new Transcript()) {
            return t.add(message).scalar(messageDst, into);
        }
    }

    /** OP: the point that a context's pseudonyms are multiples of. */
    G1 nymBase(byte[] context) {
        return G1.hash(context, id);
    }

    /** z: where the polynomial of nym secrets is evaluated. */
    Scalar nymPoint(byte[] context) {
        try (Transcript t = new Transcript()) {
            return t.add(context).scalar(nymPointDst);
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) out.writeBytes(part);
        return out.toByteArray();
    }
}
