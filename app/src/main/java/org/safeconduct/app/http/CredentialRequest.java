package org.safeconduct.app.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.safeconduct.core.pass.PassGrant;
import org.safeconduct.core.pass.PassRequest;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Text;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bbs.BlindCommitment;

/** The body of {@code POST /credential} (spec/http.md section 5). */
final class CredentialRequest {
    /** Most passes in one request. */
    static final int MOST = 32;

    private static final int WALLET_SECRET = 32;
    private static final int MOST_SCOPES = 4;

    private final String scheme;
    private final byte[] walletSecret;
    private final List<PassRequest> passes;

    private CredentialRequest(String scheme, byte[] walletSecret, List<PassRequest> passes) {
        this.scheme = scheme;
        this.walletSecret = walletSecret;
        this.passes = passes;
    }

    static CredentialRequest parse(byte[] body, int longest) throws FailureException {
        try {
            Map<String, Json> members = Json.parseLoosely(body, longest).members("credential_configuration_id", "proofs", "wallet_secret");
            String scheme = Text.id(members.get("credential_configuration_id").string());
            byte[] walletSecret = Hex.parse(members.get("wallet_secret").string(), WALLET_SECRET);
            List<PassRequest> passes = new ArrayList<>();
            Set<Hash> epochs = new HashSet<>();
            for (Json item : members.get("proofs").members("bbs_commitment").get("bbs_commitment").items(1, MOST)) {
                Map<String, Json> proof = item.members("commitment", "epoch");
                Hash epoch = Hash.parse(proof.get("epoch").string());
                if (!epochs.add(epoch)) {
                    throw new FailureException(Failure.INVALID_REQUEST);
                }
                passes.add(passRequest(epoch, proof.get("commitment").string()));
            }
            return new CredentialRequest(scheme, walletSecret, passes);
        } catch (MalformedException e) {
            throw new FailureException(Failure.INVALID_REQUEST);
        }
    }

    private static PassRequest passRequest(Hash epoch, String commitment) throws FailureException {
        try {
            if (commitment.length() > 2 * BlindCommitment.length(MOST_SCOPES)) {
                throw new FailureException(Failure.INVALID_PROOF);
            }
            return PassRequest.parse(epoch, Hex.parse(commitment, commitment.length() / 2));
        } catch (MalformedException e) {
            throw new FailureException(Failure.INVALID_PROOF);
        }
    }

    String scheme() {
        return scheme;
    }

    byte[] walletSecret() {
        return walletSecret;
    }

    List<PassRequest> passes() {
        return passes;
    }

    /** The answer: the grants in the order of the request. */
    byte[] answer(List<PassGrant> grants) {
        List<Json> credentials = new ArrayList<>();
        for (int i = 0; i < grants.size(); i++) {
            PassGrant grant = grants.get(i);
            credentials.add(Json.object("credential", Json.object("entropy", Hex.print(grant.entropyBytes()), "epoch", passes.get(i).epoch(),
                    "signature", Hex.print(grant.signatureBytes()), "values", grant.values())));
        }
        return Json.object("credentials", credentials).print();
    }

    @Override
    public String toString() {
        return "CredentialRequest[secret]";
    }
}
