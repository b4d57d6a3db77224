package org.safeconduct.app.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.safeconduct.app.office.Issuance;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;

/**
 * The body of {@code POST /token} (spec/http.md section 4).
 *
 * @param offer hash of the code
 * @param tx the second code, if there is one
 * @param wallet hash of the wallet secret
 */
record Form(Hash offer, Optional<String> tx, Hash wallet) {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
    private static final Set<String> NAMES = Set.of("grant_type", "pre-authorized_code", "tx_code", "wallet_hash", "place");
    private static final byte[] PLACE = "place=".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern TX_CODE = Pattern.compile("[0-9]{6}");

    /** The place in the queue, if one was given before; read without a look at the rest. */
    static Optional<String> place(byte[] body) {
        for (int i = 0; i + PLACE.length <= body.length; i++) {
            if ((i == 0 || body[i - 1] == '&') && Arrays.equals(body, i, i + PLACE.length, PLACE, 0, PLACE.length)) {
                int end = i + PLACE.length;
                while (end < body.length && body[end] != '&') {
                    end++;
                }
                return Optional.of(new String(body, i + PLACE.length, end - i - PLACE.length, StandardCharsets.ISO_8859_1));
            }
        }
        return Optional.empty();
    }

    static Form parse(byte[] body) throws FailureException {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new FailureException(Failure.INVALID_REQUEST);
            }
            String name = decode(pair.substring(0, equals));
            if (!NAMES.contains(name) || parameters.put(name, decode(pair.substring(equals + 1))) != null) {
                throw new FailureException(Failure.INVALID_REQUEST);
            }
        }
        String grant = required(parameters, "grant_type");
        if (!grant.equals(GRANT)) {
            throw new FailureException(Failure.UNSUPPORTED_GRANT_TYPE);
        }
        try {
            Optional<String> tx = Optional.ofNullable(parameters.get("tx_code"));
            if (tx.isPresent() && !TX_CODE.matcher(tx.get()).matches()) {
                throw new FailureException(Failure.INVALID_REQUEST);
            }
            return new Form(Offer.hashOfSent(required(parameters, "pre-authorized_code")), tx,
                    Hash.parse(required(parameters, "wallet_hash")));
        } catch (MalformedException e) {
            throw new FailureException(Failure.INVALID_REQUEST);
        }
    }

    private static String required(Map<String, String> parameters, String name) throws FailureException {
        String value = parameters.get(name);
        if (value == null) {
            throw new FailureException(Failure.INVALID_REQUEST);
        }
        return value;
    }

    private static String decode(String text) throws FailureException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new FailureException(Failure.INVALID_REQUEST);
        }
    }

    /** The answer to a redeemed offer. */
    static byte[] answer(Issuance.Token token) {
        // Both texts are ASCII without quotes: Base64 and an id.
        return ("{\"access_token\":\"" + token.text() + "\",\"token_type\":\"Bearer\",\"expires_in\":" + Issuance.TOKEN_LIFE.toSeconds()
                + ",\"credential_configuration_id\":\"" + token.scheme() + "\"}").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "Form[secret]";
    }
}
