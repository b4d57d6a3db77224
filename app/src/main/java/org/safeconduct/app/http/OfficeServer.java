package org.safeconduct.app.http;

import io.helidon.common.mapper.MapperManager;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.safeconduct.app.Logs;
import org.safeconduct.app.authority.Cases;
import org.safeconduct.app.authority.PublishedWarnings;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.PublishedRegister;
import org.safeconduct.app.office.WrongClockException;
import org.safeconduct.app.store.Store;

/** The server of an office: public files, issuing, and the daily cosignature. Virtual threads, HTTP/1.1, no access log. */
public final class OfficeServer implements AutoCloseable {
    /** The listener of the counts: never on an address that others reach. */
    private static final String METRICS = "metrics";
    private static final String LOOPBACK = "127.0.0.1";
    /** How soon a node takes over what commands and other nodes wrote. */
    private static final Duration REFRESH = Duration.ofSeconds(1);
    /** How often it is seen whether the cosignature must be renewed and what has had its time is to be forgotten. */
    private static final Duration COSIGN = Duration.ofMinutes(10);
    /** So long the end waits for answers in work. */
    static final Duration GRACE = Duration.ofSeconds(5);
    /** So long the library waits for connections when nothing is in work; it takes one that never asked anything for work. */
    private static final Duration LEAVE = Duration.ofMillis(200);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    private static final System.Logger LOG = System.getLogger(OfficeServer.class.getName());

    static {
        keepMappers();
    }

    private final WebServer server;
    private final PublishedRegister published;
    private final PublishedWarnings warnings;
    private final ScheduledExecutorService timer;
    private final Counts counts;
    private final Connections connections;

    private OfficeServer(WebServer server, PublishedRegister published, PublishedWarnings warnings, ScheduledExecutorService timer,
            Counts counts, Connections connections) {
        this.server = server;
        this.published = published;
        this.warnings = warnings;
        this.timer = timer;
        this.counts = counts;
        this.connections = connections;
    }

    /**
     * Starts to answer.
     *
     * @param host address to listen on, for example {@code 127.0.0.1}
     * @param port 0 for any free one
     * @param tls the server's key and certificate ({@link TlsFiles}); without it HTTP is spoken, for a proxy on this machine
     */
    public static OfficeServer start(Store store, Desk desk, String host, int port, Optional<SSLContext> tls) {
        return start(store, desk, host, port, tls, OptionalInt.empty(), Connections.Limits.usual());
    }

    /**
     * As the other, and hands out its counts.
     *
     * @param metricsPort where, on this machine's loopback address alone; 0 for any free one
     */
    public static OfficeServer start(Store store, Desk desk, String host, int port, Optional<SSLContext> tls, OptionalInt metricsPort) {
        return start(store, desk, host, port, tls, metricsPort, Connections.Limits.usual());
    }

    static OfficeServer start(Store store, Desk desk, String host, int port, Optional<SSLContext> tls, OptionalInt metricsPort,
            Connections.Limits limits) {
        Logs.quiet();
        desk.cosign();
        PublishedRegister published = desk.published();
        PublishedWarnings warnings = PublishedWarnings.of(desk);
        Counts counts = new Counts();
        Connections connections = new Connections(limits);
        Routes routes = new Routes(store, published, desk.issuance(published), new WarningRoutes(Cases.of(desk), warnings, connections),
                new SlipPages(warnings, published), counts, connections);
        SocketOptions options = connections.shownBy(SocketOptions.builder().tcpNoDelay(true).build());
        var builder = WebServer.builder().host(host).port(port).backlog(4096).shutdownGracePeriod(LEAVE).shutdownHook(false)
                // Without it the end of a file waits 40 ms for the other side to confirm the beginning.
                .connectionOptions(options)
                .directHandlers(problems())
                .addProtocol(Http1Config.builder().sendLog(false).receiveLog(false).build())
                .routing(routes::addTo);
        tls.ifPresent(context -> builder.tls(settings -> settings.sslContext(context)));
        metricsPort.ifPresent(own -> builder.putSocket(METRICS, socket -> socket.host(LOOPBACK).port(own).connectionOptions(options)
                .shutdownGracePeriod(LEAVE).directHandlers(problems()).routing(counts::addTo)));
        WebServer server = builder.build().start();
        if (!server.isRunning()) {
            // The library only logs why, and returns.
            server.stop();
            throw new UncheckedIOException(new BindException("The port " + port + metricsPort.stream().mapToObj(own -> " or " + own).findFirst().orElse("")
                    + " cannot be listened on."));
        }
        // A thread for each: connections are looked at even while the store does not answer the others.
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(6, Thread.ofPlatform().daemon().name("refresh").factory());
        every(timer, REFRESH, published::refresh);
        every(timer, REFRESH, warnings::refresh);
        AtomicBoolean wrong = new AtomicBoolean();
        every(timer, REFRESH, () -> lookAtClock(desk, wrong));
        every(timer, COSIGN, desk::cosign);
        every(timer, COSIGN, () -> desk.enrolment().forgetEnded(desk.register(), desk.vault().now()));
        every(timer, COSIGN, warnings::forget);
        every(timer, limits.look(), connections::look);
        return new OfficeServer(server, published, warnings, timer, counts, connections);
    }

    /** Returns whether this program was built with the apps for the browser, and so serves them. */
    public static boolean hasApps() {
        return AppFiles.inProgram();
    }

    /** Without one that is kept, Helidon 4.4 builds its mappers anew for every header that it reads as a number. */
    @SuppressWarnings({"deprecation", "removal"})
    private static void keepMappers() {
        MapperManager.global(MapperManager.create());
    }

    private static void every(ScheduledExecutorService timer, Duration period, Runnable task) {
        timer.scheduleWithFixedDelay(() -> {
            try {
                task.run();
            } catch (WrongClockException e) {
                // It was said once.
                return;
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "Something was not read or written again: " + e.getMessage());
            }
        }, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Says once that the clock is wrong, and once that it is right again. */
    private static void lookAtClock(Desk desk, AtomicBoolean wrong) {
        try {
            desk.clock().instant();
            if (wrong.getAndSet(false)) {
                LOG.log(System.Logger.Level.WARNING, "The clock is right again, and the office works as before.");
            }
        } catch (WrongClockException e) {
            if (!wrong.getAndSet(true)) {
                LOG.log(System.Logger.Level.WARNING, e.getMessage() + " Meanwhile the office signs, closes and forgets nothing, and issues no pass.");
            }
        }
    }

    /** Requests that no route sees: not HTTP, or too large. They get the same problem documents. */
    private static DirectHandlers problems() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType event : DirectHandler.EventType.values()) {
            handlers.addHandler(event, OfficeServer::problem);
        }
        return handlers.build();
    }

    private static DirectHandler.TransportResponse problem(DirectHandler.TransportRequest request, DirectHandler.EventType event,
            Status status, ServerResponseHeaders headers, String message) {
        Failure failure = switch (status.code()) {
            case 404 -> Failure.NOT_FOUND;
            case 405 -> Failure.METHOD_NOT_ALLOWED;
            case 413 -> Failure.TOO_LARGE;
            case 415 -> Failure.UNSUPPORTED_MEDIA_TYPE;
            case 503 -> Failure.OVERLOADED;
            default -> status.code() < 500 ? Failure.INVALID_REQUEST : Failure.INTERNAL;
        };
        Answers.always(headers);
        Answers.problem(headers, failure);
        return DirectHandler.TransportResponse.builder().status(Status.create(failure.status())).headers(headers).keepAlive(false)
                .entity(failure.document(failure.sentence())).build();
    }

    /** Returns the port it listens on. */
    public int port() {
        return server.port();
    }

    /** Returns the port on which it hands out its counts, if it does. */
    public OptionalInt metricsPort() {
        int port = server.port(METRICS);
        return port < 0 ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /** Returns how many connections are open. */
    int connections() {
        return connections.size();
    }

    /** Takes over at once what was written, as it does by itself every second. */
    public void refresh() {
        published.refresh();
        warnings.refresh();
    }

    /** Answers what is in work, five seconds at most, then stops. The store stays open. */
    @Override
    public void close() {
        timer.shutdownNow();
        long end = System.nanoTime() + GRACE.toNanos();
        while (counts.inWork() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
        server.stop();
    }
}
