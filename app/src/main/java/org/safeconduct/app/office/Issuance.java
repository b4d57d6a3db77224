package org.safeconduct.app.office;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.safeconduct.app.store.Issue;
import org.safeconduct.app.store.Right;
import org.safeconduct.app.store.Store;
import org.safeconduct.app.store.StoreException;
import org.safeconduct.core.pass.Issuer;
import org.safeconduct.core.pass.PassGrant;
import org.safeconduct.core.pass.PassRequest;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.register.Validity;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.bbs.BbsSecretKey;

/**
 * Redeems offers and issues passes (spec/http.md sections 4 and 5). Safe for any number of threads at once: commitments
 * are verified before the transaction and signatures computed after it, and no lock is held across either.
 */
public final class Issuance {
    /** How long a token is good (spec/http.md section 4). */
    public static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

    private static final int TIME = 8;
    private static final int CONTENT = 2 * Hash.LENGTH + TIME;
    private static final int MAC = Hash.LENGTH;
    private static final Duration SOON = Duration.ofSeconds(2);

    private final Store store;
    private final OfficeKeys keys;
    private final PublishedRegister published;
    private final InstantSource clock;
    private final Turns turns;
    private final WrongCodes wrongCodes = new WrongCodes();
    private final ConcurrentHashMap<Hash, Issuer> issuers = new ConcurrentHashMap<>();

    Issuance(Store store, OfficeKeys keys, PublishedRegister published, InstantSource clock) {
        this.store = store;
        this.keys = keys;
        this.published = published;
        this.clock = clock;
        this.turns = new Turns(keys, clock);
    }

    /** @throws WrongClockException if nothing is issued, because this machine's clock is wrong */
    public void checkClock() {
        clock.instant();
    }

    /** Who redeems now when more come than can be served. */
    public Turns turns() {
        return turns;
    }

    /** What redeeming gives: a token that every node of the office accepts, and the scheme it is for. */
    public record Token(String text, String scheme) {
        @Override
        public String toString() {
            return "Token[secret]";
        }
    }

    /**
     * Redeems an offer.
     *
     * @param offer hash of the code
     * @param tx the second code, if one was sent
     * @param wallet hash of the wallet secret
     */
    public Token redeem(Hash offer, Optional<String> tx, Hash wallet) throws RefusedException {
        Instant now = clock.instant();
        try {
            // While somebody tries codes out, a code that is not there costs a read and no write. Others are served as ever.
            if (wrongCodes.tooMany(now) && store.right(offer).isEmpty()) {
                throw slowDown();
            }
            Hash scheme = store.redeem(offer, tx.map(digits -> keys.tx(offer, digits)).orElse(null), wallet).orElse(null);
            if (scheme == null) {
                if (wrongCodes.count(now)) {
                    throw slowDown();
                }
                throw new RefusedException(Refusal.INVALID_GRANT);
            }
            return new Token(token(offer, scheme, wallet, now.plus(TOKEN_LIFE)),
                    published.register().find(scheme, Scheme.class).orElseThrow().line().id());
        } catch (StoreException e) {
            throw unavailable(e);
        }
    }

    private static RefusedException slowDown() {
        return new RefusedException(Refusal.SLOW_DOWN, Refusal.SLOW_DOWN.sentence(), WrongCodes.WINDOW);
    }

    /** What a token says: the offer, its scheme and a time, under a key that covers the wallet too. So nothing is read to believe it. */
    private String token(Hash offer, Hash scheme, Hash wallet, Instant expiry) {
        byte[] content = Bytes.join(offer.bytes(), scheme.bytes(), Bytes.i2osp(expiry.getEpochSecond(), TIME));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Bytes.join(content, keys.tokenMac(content, wallet).bytes()));
    }

    private record Redeemed(Hash offer, Hash scheme) {}

    /** Reads a token that is ours, for this wallet, and has not expired. */
    private Redeemed redeemed(String token, Hash wallet) throws RefusedException {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length == CONTENT + MAC) {
                byte[] content = Arrays.copyOf(bytes, CONTENT);
                byte[] mac = Arrays.copyOfRange(bytes, CONTENT, bytes.length);
                if (MessageDigest.isEqual(mac, keys.tokenMac(content, wallet).bytes())
                        && ByteBuffer.wrap(content).getLong(2 * Hash.LENGTH) > clock.instant().getEpochSecond()) {
                    return new Redeemed(Hash.parse(Arrays.copyOf(content, Hash.LENGTH)),
                            Hash.parse(Arrays.copyOfRange(content, Hash.LENGTH, 2 * Hash.LENGTH)));
                }
            }
        } catch (IllegalArgumentException | MalformedException e) {
            throw new RefusedException(Refusal.INVALID_TOKEN);
        }
        throw new RefusedException(Refusal.INVALID_TOKEN);
    }

    /**
     * Issues passes, all or none. Equal requests get equal bytes.
     *
     * @param schemeId the scheme asked for
     * @param walletSecret 32 bytes
     * @param requests for 1 to 32 different epochs
     * @return a grant for each request, in its order
     */
    public List<PassGrant> issue(String token, String schemeId, byte[] walletSecret, List<PassRequest> requests) throws RefusedException {
        try {
            Hash wallet = Hash.sha256(Bytes.label("wallet"), walletSecret);
            Redeemed redeemed = redeemed(token, wallet);
            Register register = published.register();
            Instant now = clock.instant();
            Placed<Scheme> scheme = register.find(redeemed.scheme(), Scheme.class).orElseThrow();
            if (!scheme.line().id().equals(schemeId)) {
                throw new RefusedException(Refusal.UNKNOWN_CREDENTIAL_CONFIGURATION);
            }
            List<Issuer> issuers = new ArrayList<>(requests.size());
            for (PassRequest request : requests) {
                checkOpen(register, scheme, request.epoch(), now);
                issuers.add(issuer(register, request.epoch()));
            }
            verify(issuers, requests);
            return sign(issuers, requests, spend(scheme.line(), redeemed.offer(), wallet, requests, now));
        } catch (StoreException e) {
            throw unavailable(e);
        }
    }

    /** spec/http.md section 5.1. */
    private static void checkOpen(Register register, Placed<Scheme> scheme, Hash leaf, Instant now) throws RefusedException {
        Placed<Epoch> epoch = register.find(leaf, Epoch.class).filter(found -> found.line().scheme().equals(scheme.leaf())).orElse(null);
        if (epoch == null) {
            throw notOpen("there is no such epoch of this scheme");
        }
        Validity validity = register.validity(leaf, now);
        if (validity != Validity.VALID && validity != Validity.EPOCH_NOT_YET) {
            throw notOpen(reason(validity));
        }
        if (validity == Validity.EPOCH_NOT_YET && ordinal(register, scheme, epoch.line(), now) > scheme.line().ahead()) {
            throw notOpen("it is too far ahead");
        }
    }

    /** How many epochs after the running one this begins; the next one is 1 whether or not one is running. */
    private static long ordinal(Register register, Placed<Scheme> scheme, Epoch epoch, Instant now) {
        return register.epochs(scheme.leaf()).stream().map(Placed::line).filter(other -> !other.spare()
                && other.from().isAfter(now) && !other.from().isAfter(epoch.from())).count();
    }

    private static RefusedException notOpen(String why) {
        return new RefusedException(Refusal.EPOCH_NOT_OPEN, "One of these epochs is not open for issuing: " + why + ".", null);
    }

    private static String reason(Validity validity) {
        return switch (validity) {
            case SCHEME_STOPPED -> "the scheme was stopped";
            case SCHEME_OVER -> "the scheme has ended";
            case EPOCH_CLOSED -> "it is closed";
            case EPOCH_STOPPED -> "it was stopped";
            case EPOCH_SUSPENDED -> "the office owes the publication of an earlier key";
            case EPOCH_SPARE -> "it is a spare whose main epoch is not stopped";
            case EPOCH_OVER -> "it is over";
            case VALID, EPOCH_NOT_YET, ASKER_STOPPED, ASKER_OVER -> throw new IllegalArgumentException("This is no reason.");
        };
    }

    /** The issuer of an epoch, prepared once; of epochs that are closed since, none is asked for any more. */
    private Issuer issuer(Register register, Hash epoch) {
        return issuers.computeIfAbsent(epoch, leaf -> {
            byte[] wrapped = store.read(tables -> tables.epochKey(leaf)).orElseThrow(() ->
                    new OfficeException("The key of an open epoch is not in the store. Restore the store from a backup."));
            BbsSecretKey key = keys.unwrapEpochKey(leaf, wrapped);
            return Issuer.of(register, leaf, key);
        });
    }

    private static void verify(List<Issuer> issuers, List<PassRequest> requests) throws RefusedException {
        try {
            for (int i = 0; i < requests.size(); i++) {
                issuers.get(i).verify(requests.get(i));
            }
        } catch (VerificationException e) {
            throw new RefusedException(Refusal.INVALID_PROOF);
        }
    }

    private Right spend(Scheme scheme, Hash offer, Hash wallet, List<PassRequest> requests, Instant now) throws RefusedException {
        List<Issue.Item> items = requests.stream().map(request -> new Issue.Item(request.epoch(), request.commitmentHash())).toList();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Issue.Answer answer = store.issue(new Issue(offer, wallet, items, today.toEpochDay(), scheme.dailyCap()));
        return switch (answer.outcome()) {
            case ISSUED, AGAIN -> answer.right().orElseThrow();
            case NO_RIGHT -> throw new RefusedException(Refusal.INVALID_TOKEN);
            case ALREADY_ISSUED -> throw new RefusedException(Refusal.ALREADY_ISSUED);
            case DAILY_CAP -> throw new RefusedException(Refusal.DAILY_CAP, Refusal.DAILY_CAP.sentence(),
                    Duration.between(now, today.plusDays(1).atStartOfDay(ZoneOffset.UTC)));
        };
    }

    private static List<PassGrant> sign(List<Issuer> issuers, List<PassRequest> requests, Right right) {
        List<PassGrant> grants = new ArrayList<>(requests.size());
        try {
            for (int i = 0; i < requests.size(); i++) {
                grants.add(issuers.get(i).issue(requests.get(i), right.person(), right.values()));
            }
        } catch (VerificationException e) {
            throw new IllegalStateException("It verified before.", e);
        }
        return grants;
    }

    private static RefusedException unavailable(StoreException e) {
        Refusal refusal = e.kind() == StoreException.Kind.OVERLOADED ? Refusal.OVERLOADED : Refusal.STORE_UNAVAILABLE;
        return new RefusedException(refusal, refusal.sentence(), SOON);
    }
}
