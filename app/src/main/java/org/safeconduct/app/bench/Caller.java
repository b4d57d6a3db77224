package org.safeconduct.app.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One keep-alive connection that asks as a wallet asks, and reads the answer in place: nothing is allocated for a request
 * but what an answer carries on (token and place).
 */
final class Caller {
    private static final byte[] TOKEN = ascii("POST /token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ");
    private static final byte[] CREDENTIAL = ascii("POST /credential HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer ");
    private static final byte[] LENGTH = ascii("\r\nContent-Length: ");
    private static final byte[] END = ascii("\r\n\r\n");
    private static final byte[] PLACE = ascii("&place=");
    private static final byte[] CONTENT_LENGTH = ascii("content-length: ");
    private static final byte[] RETRY_AFTER = ascii("retry-after: ");
    private static final byte[] CLOSE = ascii("connection: close");
    private static final byte[] ACCESS_TOKEN = ascii("\"access_token\":\"");
    private static final byte[] PLACE_MEMBER = ascii("\"place\":\"");
    private static final int LARGEST = 1 << 14;

    private final ByteBuffer out = ByteBuffer.allocateDirect(LARGEST);
    private final byte[] in = new byte[LARGEST];
    private final ByteBuffer into = ByteBuffer.wrap(in);
    private SocketChannel channel;
    private SelectionKey key;

    /** Where it asks, which person on this connection, and whether for the pass itself. */
    InetSocketAddress node;
    int person = -1;
    boolean credential;
    byte[] token;

    private int headEnd;
    private int bodyLength;

    /** Opens the connection, blocking for as long as loopback takes. */
    void open(InetSocketAddress address, Selector selector) throws IOException {
        channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, this);
        into.clear();
    }

    boolean isOpen() {
        return channel != null && channel.isOpen();
    }

    void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // It is gone either way.
        }
        channel = null;
    }

    void askToken(Person asking, byte[] place) throws IOException {
        credential = false;
        int length = asking.form().length + (place == null ? 0 : PLACE.length + place.length);
        out.clear();
        out.put(TOKEN);
        putNumber(length);
        out.put(END).put(asking.form());
        if (place != null) {
            out.put(PLACE).put(place);
        }
        send();
    }

    void askCredential(Person asking) throws IOException {
        credential = true;
        out.clear();
        out.put(CREDENTIAL).put(token).put(LENGTH);
        putNumber(asking.body().length);
        out.put(END).put(asking.body());
        send();
    }

    private void putNumber(int number) {
        if (number >= 10) {
            putNumber(number / 10);
        }
        out.put((byte) ('0' + number % 10));
    }

    private void send() throws IOException {
        into.clear();
        out.flip();
        flush();
    }

    /** Writes what the socket takes, and asks to be called again for the rest. */
    void flush() throws IOException {
        channel.write(out);
        key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    /** Reads; returns whether an answer is complete. */
    boolean read() throws IOException {
        if (channel.read(into) < 0) {
            throw new IOException("The connection was closed before an answer.");
        }
        int end = find(in, 0, into.position(), END);
        if (end < 0) {
            return false;
        }
        headEnd = end + END.length;
        bodyLength = (int) header(CONTENT_LENGTH, 0);
        return into.position() >= headEnd + bodyLength;
    }

    int status() {
        return (in[9] - '0') * 100 + (in[10] - '0') * 10 + in[11] - '0';
    }

    long retryAfter() {
        return header(RETRY_AFTER, 1);
    }

    boolean closes() {
        return findIgnoringCase(CLOSE) >= 0;
    }

    byte[] accessToken() throws IOException {
        byte[] found = member(ACCESS_TOKEN);
        if (found == null) {
            throw new IOException("An answer holds no token.");
        }
        return found;
    }

    /** The place in the queue, or null. */
    byte[] place() {
        return member(PLACE_MEMBER);
    }

    String body() {
        return new String(in, headEnd, bodyLength, StandardCharsets.UTF_8);
    }

    private byte[] member(byte[] name) {
        int at = find(in, headEnd, headEnd + bodyLength, name);
        if (at < 0) {
            return null;
        }
        int from = at + name.length;
        int to = from;
        while (in[to] != '"') {
            to++;
        }
        return java.util.Arrays.copyOfRange(in, from, to);
    }

    private long header(byte[] name, long otherwise) {
        int at = findIgnoringCase(name);
        if (at < 0) {
            return otherwise;
        }
        long number = 0;
        for (int i = at + name.length; in[i] >= '0' && in[i] <= '9'; i++) {
            number = number * 10 + in[i] - '0';
        }
        return number;
    }

    private int findIgnoringCase(byte[] lower) {
        for (int i = 0; i + lower.length <= headEnd; i++) {
            int j = 0;
            while (j < lower.length && (in[i + j] | (in[i + j] >= 'A' && in[i + j] <= 'Z' ? 0x20 : 0)) == lower[j]) {
                j++;
            }
            if (j == lower.length) {
                return i;
            }
        }
        return -1;
    }

    private static int find(byte[] bytes, int from, int to, byte[] what) {
        for (int i = from; i + what.length <= to; i++) {
            int j = 0;
            while (j < what.length && bytes[i + j] == what[j]) {
                j++;
            }
            if (j == what.length) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
