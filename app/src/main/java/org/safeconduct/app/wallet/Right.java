package org.safeconduct.app.wallet;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;

/**
 * An offer that this wallet redeems, and the secret that binds it to this wallet (http.md section 4).
 * A phone may hold the rights of several people: each has a secret of its own, and nothing says that
 * they lie in one pocket.
 */
public final class Right {
    private static final int SECRET = 32;
    private static final int LONGEST = 1_000;

    private final Offer offer;
    private final Hash office;
    private final Optional<Hash> scheme;
    private final byte[] secret;

    private Right(Offer offer, Hash office, Optional<Hash> scheme, byte[] secret) {
        this.offer = offer;
        this.office = office;
        this.scheme = scheme;
        this.secret = secret;
    }

    /** A right from an offer nobody has redeemed yet, with a fresh secret. */
    public static Right create(Offer offer, Hash office, SecureRandom random) {
        byte[] secret = new byte[SECRET];
        random.nextBytes(secret);
        return new Right(offer, office, Optional.empty(), secret);
    }

    /** The same right, once the office has said for which scheme it is. */
    Right of(Hash itsScheme) {
        return new Right(offer, office, Optional.of(itsScheme), secret);
    }

    /** The offer. */
    public Offer offer() {
        return offer;
    }

    /** Leaf of the office line. */
    public Hash office() {
        return office;
    }

    /** Leaf of the scheme line; empty until the office has answered once. */
    public Optional<Hash> scheme() {
        return scheme;
    }

    /** What is sent when the offer is redeemed: SHA-256(label(wallet) ‖ secret). */
    Hash walletHash() {
        return Hash.sha256(Bytes.label("wallet"), secret);
    }

    /** What is sent when passes are fetched. */
    String secretHex() {
        return Hex.print(secret);
    }

    byte[] print() {
        return Json.object("office", office, "offer", offer.text(), "scheme", scheme.orElse(null), "secret", Hex.print(secret)).print();
    }

    static Right parse(byte[] stored) throws MalformedException {
        Map<String, Json> members = Json.parse(stored, LONGEST).members("office", "offer", "scheme", "secret");
        Json scheme = members.get("scheme");
        return new Right(Offer.parse(members.get("offer").string()), Hash.parse(members.get("office").string()),
            scheme.isNull() ? Optional.empty() : Optional.of(Hash.parse(scheme.string())),
            Hex.parse(members.get("secret").string(), SECRET));
    }

    @Override
    public String toString() {
        return "Right[secret]";
    }
}
