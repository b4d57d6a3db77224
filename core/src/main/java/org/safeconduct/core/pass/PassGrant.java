package org.safeconduct.core.pass;

import java.util.List;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bbs.BbsScalar;
import org.safeconduct.crypto.bbs.BbsSignature;

/** What the office answers to a pass request (spec/pass.md section 1.3). Only its wallet may see it. */
public final class PassGrant {
    private final Hash epoch;
    private final BbsSignature signature;
    private final BbsScalar entropy;
    private final List<String> values;

    PassGrant(Hash epoch, BbsSignature signature, BbsScalar entropy, List<String> values) {
        this.epoch = epoch;
        this.signature = signature;
        this.entropy = entropy;
        this.values = List.copyOf(values);
    }

    /**
     * Reads a grant. Whether it is what was asked for is for {@link PendingPass#receive}.
     *
     * @param epoch leaf of the epoch line
     * @param signature 80 bytes; @param entropy 32 bytes; @param values one for each attribute, at most 8
     * @throws MalformedException if the signature or the entropy is none, or there are too many values
     */
    public static PassGrant parse(Hash epoch, byte[] signature, byte[] entropy, List<String> values)
            throws MalformedException {
        if (values.size() > Ask.MOST_ATTRIBUTES) {
            throw new MalformedException("A pass has at most 8 values.");
        }
        return new PassGrant(epoch, BbsSignature.parse(signature), BbsScalar.parse(entropy), values);
    }

    /** Leaf of the epoch line. */
    public Hash epoch() {
        return epoch;
    }

    BbsSignature signature() {
        return signature;
    }

    BbsScalar entropy() {
        return entropy;
    }

    /** The 80 bytes of the signature. */
    public byte[] signatureBytes() {
        return signature.toBytes();
    }

    /** The 32 bytes of signer_nym_entropy. */
    public byte[] entropyBytes() {
        return entropy.toBytes();
    }

    /** The values, in the order of the scheme's attributes. */
    public List<String> values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PassGrant that && epoch.equals(that.epoch) && signature.equals(that.signature)
                && entropy.equals(that.entropy) && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return signature.hashCode();
    }

    @Override
    public String toString() {
        return "PassGrant[secret]";
    }
}
