package org.safeconduct.app.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Header;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.safeconduct.app.office.Turns;

/** How every answer looks (spec/http.md section 1). */
final class Answers {
    /** Files named by their hash. */
    static final Header IMMUTABLE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable");
    /** The checkpoint and the metadata. */
    static final Header NO_CACHE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");
    /** Answers about one person. */
    static final Header NO_STORE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");
    static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    static final Header TEXT = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    static final Header PROMETHEUS = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");

    private static final Header PROBLEM = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/problem+json");
    private static final Header CHALLENGE = HeaderValues.createCached(HeaderNames.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    private static final HeaderName RETRY_AFTER = HeaderNames.RETRY_AFTER;
    /** A wallet of another origin sees no other header that says when to come again. */
    private static final Header EXPOSED = HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After");
    private static final List<Header> ALWAYS = List.of(
            HeaderValues.createCached(HeaderNames.create("X-Content-Type-Options"), "nosniff"),
            HeaderValues.createCached(HeaderNames.create("Referrer-Policy"), "no-referrer"),
            HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    private static final List<Header> PREFLIGHT = List.of(
            HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type"),
            HeaderValues.createCached(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"));

    private Answers() {}

    static void always(ServerResponseHeaders headers) {
        ALWAYS.forEach(headers::set);
    }

    static void send(ServerResponse response, Header type, Header caching, byte[] body) {
        response.header(type).header(caching).send(body);
    }

    static void preflight(ServerResponse response) {
        PREFLIGHT.forEach(response::header);
        response.status(Status.NO_CONTENT_204).send();
    }

    static void problem(ServerResponse response, Failure failure, String detail, Optional<Duration> retryAfter) {
        problem(response.headers(), failure);
        // Up, so that a client that comes back to the second is not too early.
        retryAfter.ifPresent(wait -> response.header(RETRY_AFTER, Long.toString(wait.plusMillis(999).toSeconds())));
        response.status(failure.status()).send(failure.document(detail));
    }

    /** Too many are asking: when to come again, and with which place. */
    static void comeAgain(ServerResponse response, Turns.Place place) {
        problem(response.headers(), Failure.OVERLOADED);
        response.header(RETRY_AFTER, Long.toString(place.after().plusMillis(999).toSeconds()));
        response.status(Failure.OVERLOADED.status()).send(Failure.document(place));
    }

    static void problem(ServerResponseHeaders headers, Failure failure) {
        headers.set(PROBLEM);
        headers.set(NO_STORE);
        headers.set(EXPOSED);
        if (failure == Failure.INVALID_TOKEN) {
            headers.set(CHALLENGE);
        }
    }
}
