package org.safeconduct.app.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.safeconduct.app.office.Refusal;
import org.safeconduct.app.office.Turns;
import org.safeconduct.core.wire.Json;

/** Everything that can go wrong, with its status (spec/http.md section 6). */
enum Failure {
    INVALID_REQUEST(400, "Bad request", "The request is not in the form of the specification. Update the wallet."),
    UNSUPPORTED_GRANT_TYPE(400, "Bad request", "Only offers are redeemed here. Update the wallet."),
    INVALID_GRANT(400, "Bad request", Refusal.INVALID_GRANT),
    INVALID_PROOF(400, "Bad request", Refusal.INVALID_PROOF),
    UNKNOWN_CREDENTIAL_CONFIGURATION(400, "Bad request", Refusal.UNKNOWN_CREDENTIAL_CONFIGURATION),
    INVALID_UPLOAD_TOKEN(400, "Bad request", "This token is unknown, used or withdrawn."),
    UPLOAD_NOT_ACCEPTED(400, "Bad request", "The upload is not what its case permits."),
    INVALID_TOKEN(401, "Unauthorized", Refusal.INVALID_TOKEN),
    NOT_FOUND(404, "Not found", "There is nothing under this path."),
    METHOD_NOT_ALLOWED(405, "Method not allowed", "This path does not answer to this method."),
    ALREADY_ISSUED(409, "Conflict", Refusal.ALREADY_ISSUED),
    EPOCH_NOT_OPEN(409, "Conflict", Refusal.EPOCH_NOT_OPEN),
    TOO_LARGE(413, "Content too large", "The request is longer than this path takes."),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type", "The request is not of the media type that this path takes."),
    SLOW_DOWN(429, "Too many requests", Refusal.SLOW_DOWN),
    INTERNAL(500, "Internal server error", "The office has a fault of its own. Nothing was issued; ask again later."),
    OVERLOADED(503, "Service unavailable", Refusal.OVERLOADED),
    DAILY_CAP(503, "Service unavailable", Refusal.DAILY_CAP),
    STORE_UNAVAILABLE(503, "Service unavailable", Refusal.STORE_UNAVAILABLE),
    WRONG_CLOCK(503, "Service unavailable", "The clock of the office's machine is wrong. Nothing was issued; ask again later with the same bytes.");

    private static final String NO_PLACE = "\"place\":\"\"";
    private static final String COME_AGAIN = Json.object("type", "about:blank", "title", OVERLOADED.title, "status", OVERLOADED.status,
            "detail", OVERLOADED.sentence, "error", OVERLOADED.error(), "place", "").toString();

    private final int status;
    private final String title;
    private final String sentence;

    Failure(int status, String title, String sentence) {
        this.status = status;
        this.title = title;
        this.sentence = sentence;
    }

    Failure(int status, String title, Refusal refusal) {
        this(status, title, refusal.sentence());
    }

    /** Every refusal has a row of the same name. */
    static Failure of(Refusal refusal) {
        return valueOf(refusal.name());
    }

    int status() {
        return status;
    }

    /** The code of spec/http.md section 6. */
    String error() {
        return name().toLowerCase(Locale.ROOT);
    }

    String sentence() {
        return sentence;
    }

    /** The RFC 9457 problem document. */
    byte[] document(String detail) {
        return Json.object("type", "about:blank", "title", title, "status", status, "detail", detail, "error", error())
                .toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The problem document of somebody who gets a place: printed once but for the place, which is Base64 without quotes. */
    static byte[] document(Turns.Place place) {
        return COME_AGAIN.replace(NO_PLACE, NO_PLACE.substring(0, NO_PLACE.length() - 1) + place.text() + '"').getBytes(StandardCharsets.US_ASCII);
    }
}
