package org.safeconduct.app.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Phones that fetch one file again and again, one request after the other on each of a few keep-alive connections. */
final class Downloads {
    private static final int CONNECTIONS = 8;
    private static final int MOST_HEAD_LINES = 50;

    /**
     * What was seen.
     *
     * @param requests answered with 200 and the whole file
     * @param bytes of the file
     * @param processorSeconds of the node's process meanwhile, all of its threads
     */
    record Seen(long requests, long bytes, double seconds, double processorSeconds) {}

    private Downloads() {}

    static Seen run(Node node, String path, Duration length) throws IOException {
        Duration before = Machine.processor(node.handle());
        long begun = System.nanoTime();
        long end = begun + length.toNanos();
        long requests = 0;
        long bytes = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<long[]>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                all.add(threads.submit(() -> fetch(node, path, end)));
            }
            for (Future<long[]> one : all) {
                requests += one.get()[0];
                bytes = one.get()[1];
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        }
        return new Seen(requests, bytes, (System.nanoTime() - begun) / 1e9, Machine.processor(node.handle()).minus(before).toMillis() / 1e3);
    }

    private static long[] fetch(Node node, String path, long end) throws IOException {
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        long count = 0;
        long length = 0;
        try (Socket socket = new Socket(node.address().getAddress(), node.address().getPort())) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 17);
            while (System.nanoTime() < end) {
                socket.getOutputStream().write(request);
                length = answer(in);
                count++;
            }
        }
        return new long[] {count, length};
    }

    /** Reads one answer and returns the length of its body. */
    private static long answer(InputStream in) throws IOException {
        if (!line(in).startsWith("HTTP/1.1 200")) {
            throw new IOException("A file was not served.");
        }
        long length = -1;
        String line = line(in);
        for (int i = 0; !line.isEmpty() && i < MOST_HEAD_LINES; i++, line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Long.parseLong(line.substring("content-length:".length()).strip());
            }
        }
        if (length < 0) {
            throw new IOException("A file has no length.");
        }
        in.skipNBytes(length);
        return length;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("A connection was closed.");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
