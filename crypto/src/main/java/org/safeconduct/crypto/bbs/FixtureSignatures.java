package org.safeconduct.crypto.bbs;

import java.util.List;
import java.util.Map;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.bbs.Fixture.Mismatch;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.Scalar;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Vault;

/** Judges fixtures of signatures and of commitments. */
final class FixtureSignatures {
    private final FixtureCheck owner;
    private final Fixture f;
    private final Api api;
    private final List<byte[]> messages;
    private final List<byte[]> committed;
    private final byte[] nyms; // prover_nyms, 32 bytes each

    FixtureSignatures(FixtureCheck owner, Fixture f) {
        this.owner = owner;
        this.f = f;
        this.api = f.has("proverNyms") ? Api.PSEUDONYM
                : f.names("committedMessages", "proverBlind", "commitmentWithProof") ? Api.BLIND : Api.CORE;
        this.messages = f.octetsList("messages");
        this.committed = f.octetsList("committedMessages");
        this.nyms = api == Api.PSEUDONYM ? f.integers("proverNyms") : new byte[0];
    }

    private Generators generators() {
        int blinds = api == Api.CORE ? 0 : 1 + committed.size() + nyms.length / 32;
        return owner.generators(api, messages.size(), blinds);
    }

    /** A file that holds a commitment and no signature. */
    String checkCommitment() throws MalformedException {
        boolean holds;
        try {
            BlindCommitment given = BlindCommitment.parse(f.octets("commitmentWithProof"));
            Signing.verify(generators(), given);
            holds = true;
        } catch (MalformedException | VerificationException e) {
            holds = false;
        }
        if (holds != f.valid()) throw new Mismatch(holds ? "the commitment verifies" : "the commitment is refused");
        if (holds) remake("commit");
        return "commitment, " + (holds ? "valid" : "refused");
    }

    /** Makes the commitment again from the mocked randomness and compares it byte for byte. */
    private void remake(String operation) throws MalformedException {
        Generators g = generators();
        ScalarSource source = f.mocked(operation);
        try (Vault work = Vault.open()) {
            Committed made = Signing.commit(g, committedScalars(work, nyms), work, source);
            FixtureCheck.same("commitmentWithProof", made.commitment().toBytes(), f.octets("commitmentWithProof"));
            FixtureCheck.same("proverBlind", made.blind().toBytes(), f.octets("proverBlind"));
            List<SecretScalar> drawn = source.draw(work, g.blinds().size() + 1);
            f.optional("trace").expectRandom(drawn.subList(1, drawn.size()), "s_tilde", "m_tildes");
        }
    }

    private List<SecretScalar> committedScalars(Vault work, byte[] nymOctets) throws MalformedException {
        List<SecretScalar> scalars = Messages.secret(api, committed, committed.size(), work);
        for (int at = 0; at < nymOctets.length; at += 32) scalars.add(work.copy(Scalar.parse(nymOctets, at)));
        return scalars;
    }

    /** A file that holds a signature and its signer's key. */
    String check() throws MalformedException {
        Fixture pair = f.object("signerKeyPair");
        BbsPublicKey publicKey = pair.publicKey("publicKey");
        try (BbsSecretKey key = BbsSecretKey.parse(pair.octets("secretKey")); Vault work = Vault.open()) {
            boolean wrongKey = !f.valid() && f.reason().contains("key");
            if (key.publicKey().equals(publicKey) == wrongKey) throw new Mismatch("publicKey is not the one of secretKey");
            boolean holds = holds(publicKey, work);
            if (holds != f.valid()) throw new Mismatch(holds ? "the signature verifies" : "the signature is refused");
            if (holds) signAgain(key);
            else explain(key.publicKey());
            return "signature, " + (holds ? "valid" : "refused");
        }
    }

    private byte[] header() {
        byte[] header = f.octets("header");
        return api == Api.PSEUDONYM ? NymBbs.combined(header, nyms.length / 32) : header;
    }

    /** Every signed scalar in order; without a commitment the blind is zero. */
    private List<SecretScalar> signed(Vault work) throws MalformedException {
        List<SecretScalar> scalars = Messages.secret(api, messages, messages.size(), work);
        if (api == Api.CORE) return scalars;
        scalars.add(work.copy(f.scalar("proverBlind")));
        scalars.addAll(committedScalars(work, api == Api.PSEUDONYM ? f.integers("nym_secrets") : new byte[0]));
        return scalars;
    }

    private boolean holds(BbsPublicKey key, Vault work) throws MalformedException {
        List<SecretScalar> signed = signed(work);
        try {
            BbsSignature signature = BbsSignature.parse(f.octets("signature"));
            Signing.verify(generators(), BbsVerifierKey.of(key), signature, header(), work, signed);
            return true;
        } catch (MalformedException | VerificationException e) {
            return false;
        }
    }

    private void signAgain(BbsSecretKey key) throws MalformedException {
        Generators g = generators();
        Fixture trace = trace();
        try (Vault work = Vault.open()) {
            trace.expectTrace("B", Signing.b(g, key.publicKey(), header(), signed(work)));
        }
        trace.expectTrace("domain", g.domain(key.publicKey(), header()).toBytes());
        FixtureCheck.same("signature", signature(g, key).toBytes(), f.octets("signature"));
        if (f.has("mockRngParameters") && f.has("commitmentWithProof")) remake("commit");
    }

    /** The trace; one published file has the trace of something else, betrayed by a domain of 48 bytes: it is not compared. */
    private Fixture trace() {
        Fixture trace = f.optional("trace");
        return trace.has("domain") && trace.text("domain").length() == 96 ? new Fixture(Map.of()) : trace;
    }

    private BbsSignature signature(Generators g, BbsSecretKey key) throws MalformedException {
        List<Scalar> known = Messages.known(api, messages, messages.size());
        if (api == Api.CORE) return Signing.sign(g, key, header(), known);
        G1 point = G1.IDENTITY;
        if (f.octets("commitmentWithProof").length > 0) {
            BlindCommitment commitment = BlindCommitment.parse(f.octets("commitmentWithProof"));
            try {
                Signing.verify(g, commitment);
            } catch (VerificationException e) {
                throw new Mismatch("the commitment is refused");
            }
            point = commitment.point;
        }
        G1 b = Signing.blindB(g, key.publicKey(), header(), known, point);
        if (api == Api.PSEUDONYM) {
            BbsScalar entropy = BbsScalar.parse(f.octets("signer_nym_entropy"));
            b = b.plus(g.last(entropy.value));
            NymSecrets signed = NymSecrets.parse(nyms).withEntropy(entropy);
            FixtureCheck.same("nym_secrets", signed.toBytes(), f.integers("nym_secrets"));
        }
        return Signing.signBlind(g, key, b);
    }

    /** A core signature that is refused: its trace still tells what was signed, and why this is not that. */
    private void explain(BbsPublicKey signer) throws MalformedException {
        Fixture trace = f.optional("trace");
        if (api != Api.CORE || !trace.has("B") || !trace.has("domain")) return;
        Generators g = generators();
        BbsSignature signature = BbsSignature.parse(f.octets("signature"));
        G1 b = trace.point("B");
        Scalar domain = trace.scalar("domain");
        boolean sameKey = BbsVerifierKey.of(signer).pairs(signature.a, b.plus(signature.a.times(signature.e).negate()));
        boolean sameDomain = g.domain(signer, header()).equals(domain);
        boolean sameMessages = g.known(domain, Signing.places(0, Messages.known(api, messages, messages.size()))).equals(b);
        String reason = f.reason();
        boolean aboutKey = reason.contains("key"); // then the other one signed, and all else is as it was
        boolean aboutHeader = reason.contains("header");
        boolean aboutCount = reason.contains("extra") || reason.contains("missing");
        boolean fits = sameKey
                && sameDomain != (aboutHeader || aboutCount)
                && sameMessages == (aboutKey || aboutHeader);
        if (!fits) throw new Mismatch("the signature is refused, but not because: " + reason);
    }
}
