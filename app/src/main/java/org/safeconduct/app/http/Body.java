package org.safeconduct.app.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Reads the body of a request of one media type, up to a length. */
final class Body {
    private Body() {}

    static byte[] read(ServerRequest request, String mediaType, int longest) throws FailureException {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(mediaType)) {
            throw new FailureException(Failure.UNSUPPORTED_MEDIA_TYPE);
        }
        long told = request.headers().contentLength().orElse(longest);
        if (told > longest) {
            throw new FailureException(Failure.TOO_LARGE);
        }
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try (InputStream in = request.content().inputStream()) {
            // One more than was told, if it was: an array of the right size, and a body that is longer is seen.
            byte[] body = in.readNBytes((int) told + 1);
            if (body.length > longest) {
                throw new FailureException(Failure.TOO_LARGE);
            }
            return body;
        } catch (IOException | IllegalArgumentException | UncheckedIOException e) {
            // Chunks that are none, or a body that ends too early.
            throw new FailureException(Failure.INVALID_REQUEST);
        }
    }
}
