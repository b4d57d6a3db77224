package org.safeconduct.app.wallet;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.safeconduct.core.pass.Pass;
import org.safeconduct.core.pass.PassGrant;
import org.safeconduct.core.pass.PendingPass;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.register.Validity;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * Gets the passes of a right for the running and the coming epochs, in one request (http.md section 5).
 *
 * <p>Whatever happens in between, it can be started again: wallet secret, place in the queue and pending passes are on disk
 * before anything that needs them is sent, and the office answers the same request with the same bytes.
 */
public final class PassFetch {
    private final WalletFolder folder;
    private final OfficeClient client;
    private final SecureRandom random;

    /** @param client of the right's office */
    public PassFetch(WalletFolder folder, OfficeClient client, SecureRandom random) {
        this.folder = folder;
        this.client = client;
        this.random = random;
    }

    /**
     * What came of it.
     *
     * @param scheme the scheme the right is for
     * @param received the epochs whose pass was received now
     * @param refused the epochs that the office gave no pass for, with its reason
     * @param held how many passes this right has now
     */
    public record Result(Placed<Scheme> scheme, List<Placed<Epoch>> received, Map<Placed<Epoch>, OfficeRefusal> refused, int held) {}

    /**
     * Redeems the offer, or shows that this wallet has done so before, and fetches what is missing.
     *
     * @param txCode the six digits that came another way, if the offer needs them
     * @throws MalformedException if the office's answer has not the form, or grants a value that is none
     * @throws VerificationException if a granted signature is not the epoch's: nothing of it is kept
     */
    public Result fetch(Right right, KnownRegister known, Optional<String> txCode, Instant now)
            throws IOException, InterruptedException, OfficeRefusal, MalformedException, VerificationException {
        folder.put(right);
        OfficeClient.Token token = client.token(right.offer().sent(), txCode, right.walletHash(), folder.queue(right));
        Register register = known.register();
        Placed<Scheme> scheme = register.scheme(token.scheme()).orElseThrow(() -> new MalformedException(
            "The office gives a pass of a scheme that is not in its register. Nothing was fetched."));
        if (right.scheme().filter(other -> !other.equals(scheme.leaf())).isPresent()) {
            throw new MalformedException("The office now says that this offer is for another scheme. Nothing was fetched.");
        }
        Right named = right.of(scheme.leaf());
        folder.put(named);
        List<Placed<Epoch>> missing = new ArrayList<>();
        for (Placed<Epoch> epoch : open(known, scheme, now)) {
            if (folder.pass(named, epoch.leaf()).isEmpty()) {
                missing.add(epoch);
            }
        }
        return fetch(named, register, scheme, missing, token);
    }

    /** The epochs a wallet asks for: the running one and the next {@code ahead}, by register.md 5.3 to 5.5. */
    static List<Placed<Epoch>> open(KnownRegister known, Placed<Scheme> scheme, Instant now) {
        Register register = known.register();
        return register.epochs(scheme.leaf()).stream()
            .filter(epoch -> now.isBefore(epoch.line().until()))
            .filter(epoch -> {
                Validity validity = register.validity(epoch.leaf(), now.isBefore(epoch.line().from()) ? epoch.line().from() : now);
                return validity == Validity.VALID && known.hasDaysNotice(epoch.position(), now);
            })
            .sorted(Comparator.comparing(epoch -> epoch.line().from()))
            .limit(1L + scheme.line().ahead()).toList();
    }

    private Result fetch(Right right, Register register, Placed<Scheme> scheme, List<Placed<Epoch>> missing, OfficeClient.Token token)
            throws IOException, InterruptedException, OfficeRefusal, MalformedException, VerificationException {
        Map<Placed<Epoch>, OfficeRefusal> refused = new LinkedHashMap<>();
        List<Placed<Epoch>> received = new ArrayList<>();
        if (!missing.isEmpty()) {
            try {
                request(right, register, scheme, missing, token);
                received.addAll(missing);
            } catch (OfficeRefusal all) {
                if (all.status() != 409 || missing.size() == 1) {
                    throw all;
                }
                // All or nothing: one epoch the office cannot give would keep the others back.
                for (Placed<Epoch> epoch : missing) {
                    try {
                        request(right, register, scheme, List.of(epoch), token);
                        received.add(epoch);
                    } catch (OfficeRefusal one) {
                        refused.put(epoch, one);
                    }
                }
            }
        }
        return new Result(scheme, received, refused, folder.passes(right).size());
    }

    private void request(Right right, Register register, Placed<Scheme> scheme, List<Placed<Epoch>> epochs, OfficeClient.Token token)
            throws IOException, InterruptedException, OfficeRefusal, MalformedException, VerificationException {
        List<PendingPass> pending = new ArrayList<>();
        try {
            List<Json> items = new ArrayList<>();
            for (Placed<Epoch> epoch : epochs) {
                PendingPass one = pending(right, register, epoch.leaf());
                pending.add(one);
                items.add(Json.object("commitment", Hex.print(one.request().commitment().toBytes()), "epoch", epoch.leaf()));
            }
            Json answer = client.credential(token, Json.object("credential_configuration_id", scheme.line().id(),
                "proofs", Json.object("bbs_commitment", items), "wallet_secret", right.secretHex()));
            receive(right, pending, answer);
        } finally {
            pending.forEach(PendingPass::close);
        }
    }

    /** The pending pass of an earlier attempt, or a new one that is on disk before this returns. */
    private PendingPass pending(Right right, Register register, Hash epoch) throws IOException, MalformedException {
        Optional<byte[]> stored = folder.pending(right, epoch);
        if (stored.isPresent()) {
            return PendingPass.parse(stored.get(), register);
        }
        PendingPass fresh = PendingPass.create(register, epoch, random);
        byte[] bytes = fresh.toBytes();
        folder.putPending(right, epoch, bytes);
        Arrays.fill(bytes, (byte) 0);
        return fresh;
    }

    /** All are verified before one is kept. */
    private void receive(Right right, List<PendingPass> pending, Json answer) throws IOException, MalformedException, VerificationException {
        List<Json> credentials = answer.members("credentials").get("credentials").items(pending.size(), pending.size());
        List<Pass> passes = new ArrayList<>();
        try {
            for (int i = 0; i < pending.size(); i++) {
                Map<String, Json> one = credentials.get(i).members("credential").get("credential")
                    .members("entropy", "epoch", "signature", "values");
                passes.add(pending.get(i).receive(grant(one)));
            }
            for (Pass pass : passes) {
                byte[] bytes = pass.toBytes();
                folder.putPass(right, pass.epoch(), bytes);
                Arrays.fill(bytes, (byte) 0);
            }
        } finally {
            passes.forEach(Pass::close);
        }
    }

    private static PassGrant grant(Map<String, Json> credential) throws MalformedException {
        List<String> values = new ArrayList<>();
        for (Json value : credential.get("values").items(0, 8)) {
            values.add(value.string());
        }
        return PassGrant.parse(Hash.parse(credential.get("epoch").string()), Hex.parse(credential.get("signature").string(), 80),
            Hex.parse(credential.get("entropy").string(), 32), values);
    }
}
