package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where a request ends is one question with one answer: behind a proxy that reads it otherwise, the rest of one person's
 * request would be the beginning of another's, and answers with tokens and passes would go to the wrong person.
 */
class FramingTest {
    /** Whoever takes this for a request answers it with 200. */
    private static final String NEXT = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.1 ([0-9]{3})");

    @TempDir
    static Path folder;
    private static TestOffice office;

    @BeforeAll
    static void open() throws IOException {
        office = new TestOffice(folder);
    }

    @AfterAll
    static void close() {
        office.close();
    }

    /** All statuses that come until the server closes the connection. */
    private static List<String> answers(String bytes) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Socket socket = new Socket("127.0.0.1", office.server.port())) {
            socket.setSoTimeout(3_000);
            try {
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            } catch (SocketException closed) {
                // Closed with bytes of ours unread: what was answered before that is still there to be read.
            }
            try {
                for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
                    all.append((char) next);
                }
            } catch (SocketException closed) {
                // As above.
                return found(all);
            }
        }
        return found(all);
    }

    private static List<String> found(StringBuilder all) {
        return ANSWER.matcher(all).results().map((MatchResult result) -> result.group(1)).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 0\r\nContent-Length: 35", "Content-Length: 35\r\nContent-Length: 0", "Content-Length: 35, 0",
        "Content-Length: 35\r\nContent-Length: 35", "Content-Length: +35", "Content-Length: -35", "Content-Length: 0x23", "Content-Length:",
        "Content-Length : 35", "Content-Length: 35\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 35",
        "Transfer-Encoding: xchunked", "Transfer-Encoding: identity", "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "Transfer-Encoding:"})
    void requestWhoseEndIsInDoubtIsRefusedAndNothingAfterItIsRead(String header) throws IOException {
        String request = "POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n" + header + "\r\n\r\n";
        assertEquals(List.of("400"), answers(request + NEXT));
        assertEquals(List.of("400"), answers(request + "0\r\n\r\n" + NEXT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /nothing", "POST /health", "POST /token", "POST /credential", "POST /authority/upload", "OPTIONS /token", "DELETE /token"})
    void bodyThatNobodyReadIsNoRequest(String line) throws IOException {
        String request = line + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + NEXT.length() + "\r\nConnection: close\r\n\r\n" + NEXT;
        assertEquals(1, answers(request).size());
        String open = line + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + NEXT.length() + "\r\n\r\n" + NEXT;
        List<String> two = answers(open + "GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertEquals(0, two.stream().skip(1).filter("200"::equals).count(), two.toString());
    }

    @Test
    void endOfABodyThatIsMuchTooLongIsNoRequest() throws IOException {
        int length = 9 * 1024 * 1024;
        String request = "POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + length + "\r\n\r\n";
        assertEquals(List.of("413"), answers(request + NEXT.repeat(length / NEXT.length()) + " ".repeat(length % NEXT.length())));
    }
}
