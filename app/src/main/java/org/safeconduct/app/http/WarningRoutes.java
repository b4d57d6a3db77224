package org.safeconduct.app.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Optional;
import org.safeconduct.app.authority.Cases;
import org.safeconduct.app.authority.PublishedWarnings;
import org.safeconduct.app.authority.UploadRefusedException;
import org.safeconduct.app.store.StoreException;
import org.safeconduct.core.presence.Upload;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;

/** What a venue sends to the authority, and the warnings that everybody reads (spec/presence.md sections 5.2 and 6.4). */
final class WarningRoutes {
    private static final Header CBOR = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/cbor");

    /** The same for every upload that was taken, and for every dummy. */
    private static final byte[] TAKEN = Json.object().print();
    /** The work on an upload takes less, on a dummy next to none: nobody who watches the line sees which it was. */
    static final Duration ANSWERED_AFTER = Duration.ofMillis(250);

    private static final String NO_FORM = "The answer is not in the form of the specification. Nothing was taken; load the venue's page again to bring it up to date.";
    private static final String NOT_STORED = "The authority cannot store anything just now. Nothing was taken and the token is as good as before; send the answer again later.";

    private final Cases cases;
    private final PublishedWarnings warnings;
    private final Connections connections;

    WarningRoutes(Cases cases, PublishedWarnings warnings, Connections connections) {
        this.cases = cases;
        this.warnings = warnings;
        this.connections = connections;
    }

    void upload(ServerRequest request, ServerResponse response) throws FailureException {
        if (warnings.index().isEmpty()) {
            throw new FailureException(Failure.NOT_FOUND);
        }
        byte[] body = Body.read(request, "application/json", Upload.LONGEST, connections);
        long read = System.nanoTime();
        try {
            cases.take(body);
            waitUntil(read + ANSWERED_AFTER.toNanos());
            Answers.send(response, Answers.JSON, Answers.NO_STORE, TAKEN);
        } catch (MalformedException e) {
            throw new FailureException(Failure.INVALID_REQUEST, NO_FORM);
        } catch (UploadRefusedException e) {
            throw new FailureException(switch (e.reason()) {
                case TOKEN -> Failure.INVALID_UPLOAD_TOKEN;
                case SLOW_DOWN -> Failure.SLOW_DOWN;
                case CONTENT -> Failure.UPLOAD_NOT_ACCEPTED;
            }, e.getMessage());
        } catch (StoreException e) {
            throw new FailureException(Failure.STORE_UNAVAILABLE, NOT_STORED);
        }
    }

    /** On a virtual thread, so that who waits costs nothing. */
    private static void waitUntil(long nanoTime) {
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void index(ServerRequest request, ServerResponse response) throws FailureException {
        send(response, CBOR, Answers.NO_CACHE, warnings.index());
    }

    void slips(ServerRequest request, ServerResponse response) throws FailureException {
        send(response, Answers.TEXT, Answers.NO_CACHE, warnings.slips());
    }

    void batch(Optional<Hash> name, ServerResponse response) throws FailureException {
        try {
            send(response, CBOR, Answers.IMMUTABLE, name.flatMap(warnings::batch));
        } catch (StoreException e) {
            throw new FailureException(Failure.STORE_UNAVAILABLE);
        }
    }

    private static void send(ServerResponse response, Header type, Header caching, Optional<byte[]> file) throws FailureException {
        Answers.send(response, type, caching, file.orElseThrow(() -> new FailureException(Failure.NOT_FOUND)));
    }
}
