package org.safeconduct.app.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Reads the body of a request of one media type, up to a length. */
final class Body {
    /** So much of a body that is too long is read and thrown away: who still writes would not hear the answer. */
    private static final int MOST_THROWN_AWAY = 8 * 1024 * 1024;

    private Body() {}

    static byte[] read(ServerRequest request, String mediaType, int longest, Connections connections) throws FailureException {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(mediaType)) {
            throw new FailureException(Failure.UNSUPPORTED_MEDIA_TYPE);
        }
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        long told = request.headers().contentLength().orElse(longest);
        try (InputStream in = request.content().inputStream()) {
            // One more than was told, if it was: an array of the right size, and a body that is longer is seen.
            byte[] body = told > longest ? null : in.readNBytes((int) told + 1);
            if (body == null || body.length > longest) {
                throwAway(in);
                throw new FailureException(Failure.TOO_LARGE);
            }
            connections.answer(request);
            return body;
        } catch (IOException | IllegalArgumentException | UncheckedIOException | DataReader.InsufficientDataAvailableException e) {
            // Chunks that are none, or a body that ends too early.
            throw new FailureException(Failure.INVALID_REQUEST);
        }
    }

    private static void throwAway(InputStream in) throws IOException {
        byte[] piece = new byte[16 * 1024];
        int read = 0;
        for (int all = 0; read >= 0 && all < MOST_THROWN_AWAY; all += read) {
            read = in.read(piece);
        }
    }
}
