package org.safeconduct.crypto.bbs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.bbs.Fixture.Mismatch;
import org.safeconduct.crypto.bls.G1;
import org.safeconduct.crypto.bls.Scalar;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Vault;

/**
 * Judges fixtures of proofs.
 *
 * <p>The mocked randomness is known, so the hidden scalars can be read out of a proof: m = (m^ - m~) / c. With them the
 * signature is verified, the proof is made again and compared byte for byte, and so is the commitment.
 */
final class FixtureProofs {
    private final FixtureCheck owner;
    private final Fixture f;
    private final Fixture trace;
    private final Api api;
    private final BbsPublicKey key;
    private final BbsSignature signature;
    private final byte[] proofOctets;
    private final int nymSecrets;

    FixtureProofs(FixtureCheck owner, Fixture f) throws MalformedException {
        this.owner = owner;
        this.f = f;
        this.trace = f.optional("trace");
        this.api = f.has("nym_secrets") || f.has("context_id") ? Api.PSEUDONYM
                : f.names("proverBlind", "L") ? Api.BLIND : Api.CORE;
        this.key = f.publicKey("signerPublicKey");
        this.signature = BbsSignature.parse(f.octets("signature"));
        this.proofOctets = f.octets("proof");
        this.nymSecrets = api == Api.PSEUDONYM ? f.list("nym_secrets").size() : 0;
    }

    String check() throws MalformedException {
        byte[] presentationHeader = f.octets("presentationHeader");
        boolean expected = f.valid();
        try {
            BbsProof proof = BbsProof.parse(proofOctets);
            TreeMap<Integer, Scalar> disclosed = disclosed();
            Generators g = generators(proof.hiddenCount() + disclosed.size());
            if (!disclosed.isEmpty() && disclosed.lastKey() >= g.size()) throw new VerificationException("an index is too large");
            NymTerms nym = api == Api.PSEUDONYM
                    ? NymTerms.given(f.octets("context_id"), Pseudonym.parse(f.octets("pseudonym")), nymSecrets) : null;
            Opening opening = Opening.of(g, key, proof, header(), presentationHeader, disclosed, nym);
            Opening.verify(BbsVerifierKey.of(key), proof, opening);
            if (!expected) throw new Mismatch("the proof verifies");
            reproduce(g, proof, disclosed, nym, opening);
            return "proof, valid";
        } catch (MalformedException | VerificationException e) {
            if (expected) throw new Mismatch("the proof is refused: " + e.getMessage());
            if (api == Api.CORE && trace.has("challenge")) explain();
            return "proof, refused";
        }
    }

    private byte[] header() {
        byte[] header = f.octets("header");
        return api == Api.PSEUDONYM ? NymBbs.combined(header, nymSecrets) : header;
    }

    private Generators generators(int size) throws VerificationException {
        if (api == Api.CORE) return owner.generators(api, size, 0);
        int messages = f.number("L");
        if (size < messages + 1 + nymSecrets) throw new VerificationException("the proof hides too few scalars");
        return owner.generators(api, messages, size - messages);
    }

    /** Disclosed scalars by place; indexes that no verifier would take are refused. */
    private TreeMap<Integer, Scalar> disclosed() throws VerificationException {
        TreeMap<Integer, byte[]> octets = new TreeMap<>();
        if (api == Api.CORE) {
            List<byte[]> messages = f.octetsList("messages");
            for (int i : f.indexes("disclosedIndexes")) {
                if (i >= messages.size() || octets.put(i, messages.get(i)) != null) {
                    throw new VerificationException("disclosed indexes are not distinct places of messages");
                }
            }
        } else {
            int shift = f.number("L") + 1;
            octets.putAll(f.octetsByIndex("revealedMessages"));
            if (!octets.isEmpty() && octets.lastKey() >= shift - 1) throw new VerificationException("an index is too large");
            f.octetsByIndex("revealedCommittedMessages").forEach((i, m) -> octets.put(i + shift, m));
        }
        TreeMap<Integer, Scalar> scalars = new TreeMap<>();
        octets.forEach((place, message) -> scalars.put(place, api.message(message)));
        return scalars;
    }

    private void reproduce(Generators g, BbsProof proof, TreeMap<Integer, Scalar> disclosed, NymTerms given, Opening opening)
            throws MalformedException, VerificationException {
        ScalarSource source = f.mocked("proof");
        try (Vault work = Vault.open()) {
            List<SecretScalar> random = source.draw(work, 5 + proof.hiddenCount());
            List<SecretScalar> scalars = scalars(g, proof, disclosed, random, work);
            Signing.verify(g, BbsVerifierKey.of(key), signature, header(), work, scalars);
            List<SecretScalar> nyms = scalars.subList(g.size() - nymSecrets, g.size());
            NymTerms nym = given == null ? null : NymTerms.made(given.context(), nyms);
            if (nym != null) FixtureCheck.same("pseudonym", nym.pseudonym().encoded(), given.pseudonym().encoded());
            int[] places = disclosed.keySet().stream().mapToInt(i -> i).toArray();
            BbsProof again = Proving.prove(g, key, signature, header(), f.octets("presentationHeader"), work, scalars, places, nym, source);
            FixtureCheck.same("proof", again.toBytes(), proofOctets);
            inputs(g, scalars, work);
            if (f.octets("proverBlind").length > 0 && f.has("commitmentWithProof")) commitment(g, scalars, work);
            traces(g, proof, random, scalars, nym, opening);
        }
    }

    /** Every signed scalar, the hidden ones read out of the proof. */
    private static List<SecretScalar> scalars(Generators g, BbsProof proof, Map<Integer, Scalar> disclosed,
            List<SecretScalar> random, Vault work) {
        SecretScalar inverse = work.copy(proof.challenge).inverse();
        List<SecretScalar> scalars = new ArrayList<>();
        int hidden = 0;
        for (int i = 0; i < g.size(); i++) {
            Scalar known = disclosed.get(i);
            scalars.add(known != null ? work.copy(known)
                    : work.copy(proof.hidden.get(hidden)).minus(random.get(5 + hidden++)).times(inverse));
        }
        return scalars;
    }

    /** Whatever the file says about the signed scalars must be what was signed. */
    private void inputs(Generators g, List<SecretScalar> scalars, Vault work) throws MalformedException {
        if (f.has("messages")) same("messages", Messages.secret(api, f.octetsList("messages"), g.messages, work), scalars, 0);
        if (api == Api.CORE) return;
        same("proverBlind", List.of(work.copy(f.scalar("proverBlind"))), scalars, g.messages);
        int committed = g.size() - g.messages - 1 - nymSecrets;
        if (f.has("committedMessages")) {
            same("committedMessages", Messages.secret(api, f.octetsList("committedMessages"), committed, work), scalars, g.messages + 1);
        }
        if (api == Api.BLIND) return;
        NymSecrets signed = NymSecrets.parse(f.integers("nym_secrets"));
        same("nym_secrets", signed.scalars(), scalars, g.size() - nymSecrets);
        if (!f.has("proverNyms") || !f.has("signer_nym_entropy")) return;
        NymSecrets own = NymSecrets.parse(f.integers("proverNyms"));
        if (!own.withEntropy(BbsScalar.parse(f.octets("signer_nym_entropy"))).equals(signed)) {
            throw new Mismatch("nym_secrets are not proverNyms with signer_nym_entropy");
        }
    }

    private static void same(String name, List<SecretScalar> given, List<SecretScalar> signed, int from) {
        for (int i = 0; i < given.size(); i++) {
            if (!given.get(i).sameAs(signed.get(from + i))) throw new Mismatch(name + " are not what was signed");
        }
    }

    private void commitment(Generators g, List<SecretScalar> scalars, Vault work) throws MalformedException {
        List<SecretScalar> committed = new ArrayList<>(scalars.subList(g.messages + 1, g.size() - nymSecrets));
        if (api == Api.PSEUDONYM) {
            byte[] own = f.integers("proverNyms");
            for (int at = 0; at < own.length; at += 32) committed.add(work.copy(Scalar.parse(own, at)));
        }
        Committed made = Signing.commit(g, committed, work, f.mocked("commit"));
        f.expect("commitmentWithProof", made.commitment().toBytes());
    }

    private void traces(Generators g, BbsProof proof, List<SecretScalar> random, List<SecretScalar> scalars, NymTerms nym,
            Opening opening) {
        trace.expectRandom(random, "r1", "r2", "e_tilde", "r1_tilde", "r3_tilde", "m_tilde_scalars");
        trace.expectTrace("A_bar", proof.aBar);
        trace.expectTrace("B_bar", proof.bBar);
        trace.expectTrace("D", proof.d);
        trace.expectTrace("T1", opening.t1());
        trace.expectTrace("T2", opening.t2());
        trace.expectTrace("B", Signing.b(g, key, header(), scalars));
        trace.expectTrace("domain", opening.domain().toBytes());
        trace.expectTrace("challenge", opening.challenge().toBytes());
        if (nym == null) return;
        trace.expectTrace("pseudonym", nym.pseudonym().encoded());
        trace.expectTrace("Ut", opening.nymMask());
        trace.expectTrace("OP", nym.base().point());
        List<SecretScalar> nyms = scalars.subList(scalars.size() - nymSecrets, scalars.size());
        trace.expectTrace("poly_eval_pseudo", NymSecrets.evaluate(nyms, nym.base().z()).reveal().toBytes());
        List<SecretScalar> masks = random.subList(random.size() - nymSecrets, random.size());
        trace.expectTrace("poly_eval_proof", NymSecrets.evaluate(masks, nym.base().z()).reveal().toBytes());
    }

    /**
     * A core proof that is refused: its trace still tells how the proof was made. The spoilt part is named by the reason; all
     * else must hold together.
     */
    private void explain() throws MalformedException {
        String reason = f.reason();
        boolean truncated = reason.contains("truncated");
        boolean aboutKey = reason.contains("key");
        boolean aboutPresentation = reason.contains("presentation header");
        boolean aboutCount = truncated || reason.contains("extra") || reason.contains("missing");
        BbsProof proof = BbsProof.parse(proofOctets);
        G1 aBar = proof.aBar;
        G1 bBar = proof.bBar;
        G1 d = proof.d;
        trace.expectTrace("A_bar", aBar);
        trace.expectTrace("B_bar", bBar);
        trace.expectTrace("D", d);
        List<Scalar> heads = List.of(proof.e, proof.r1, proof.r3);
        Scalar c = trace.scalar("challenge");
        if (!truncated && !c.equals(proof.challenge)) throw new Mismatch("challenge differs");
        trace.expectTrace("T1", G1.multi(List.of(bBar, aBar, d), List.of(c, heads.get(0), heads.get(1))));
        if (BbsVerifierKey.of(key).pairs(aBar, bBar) == aboutKey) throw new Mismatch("the key does not fit the reason: " + reason);

        TreeMap<Integer, Scalar> disclosed = new TreeMap<>();
        List<byte[]> messages = f.octetsList("messages");
        for (int i : f.indexes("disclosedIndexes")) if (i < messages.size()) disclosed.put(i, api.message(messages.get(i)));
        Scalar domain = trace.scalar("domain");
        Scalar challenge = Opening.challenge(api, aBar, bBar, d, trace.point("T1"), trace.point("T2"),
                null, domain, f.octets("presentationHeader"), disclosed, null);
        if (challenge.equals(c) != (aboutKey || truncated)) throw new Mismatch("the challenge does not fit the reason: " + reason);
        if (aboutPresentation || !aboutCount && !aboutKey) {
            Generators g = owner.generators(api, messages.size(), 0);
            if (!g.domain(key, header()).equals(domain)) throw new Mismatch("the domain does not fit the reason: " + reason);
        }
        Scalar r2 = drawn(heads, c);
        Generators signed = owner.generators(api, messages.size(), 0);
        List<Scalar> scalars = messages.stream().map(api::message).toList();
        boolean sameMessages = signed.known(domain, Signing.places(0, scalars)).times(r2).equals(d);
        if (sameMessages != (aboutPresentation || aboutKey || truncated)) {
            throw new Mismatch("the messages do not fit the reason: " + reason);
        }
    }

    /** The first responses and A_bar, worked out again from the randomness of the trace; returns r2. */
    private Scalar drawn(List<Scalar> heads, Scalar c) {
        int masks = trace.object("random_scalars").octetsList("m_tilde_scalars").size();
        try (Vault work = Vault.open()) {
            List<SecretScalar> random = f.mocked("proof").draw(work, 5 + masks);
            trace.expectRandom(random, "r1", "r2", "e_tilde", "r1_tilde", "r3_tilde", "m_tilde_scalars");
            SecretScalar r1 = random.get(0);
            SecretScalar r2 = random.get(1);
            boolean fits = random.get(2).plus(work.copy(signature.e).times(c)).reveal().equals(heads.get(0))
                    && random.get(3).minus(r1.times(c)).reveal().equals(heads.get(1))
                    && random.get(4).minus(r2.inverse().times(c)).reveal().equals(heads.get(2));
            if (!fits) throw new Mismatch("responses differ");
            trace.expectTrace("A_bar", signature.a.times(r1.times(r2)));
            return r2.reveal();
        }
    }
}
