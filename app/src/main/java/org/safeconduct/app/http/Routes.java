package org.safeconduct.app.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.safeconduct.app.office.Issuance;
import org.safeconduct.app.office.PublishedRegister;
import org.safeconduct.app.office.RefusedException;
import org.safeconduct.app.office.Turns;
import org.safeconduct.app.office.WrongClockException;
import org.safeconduct.app.office.WrongCodes;
import org.safeconduct.app.store.Store;
import org.safeconduct.app.store.StoreException;
import org.safeconduct.app.store.Tables;
import org.safeconduct.core.pass.PassGrant;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;

/** Which path answers what (spec/http.md sections 3 to 7). */
final class Routes {
    /** Longest bodies (spec/http.md section 1.5). */
    static final int LONGEST_TOKEN_REQUEST = 2 * 1024;
    static final int LONGEST_CREDENTIAL_REQUEST = 64 * 1024;
    /** Most requests in work; the rest is told at once to come again, because late answers are asked for twice. */
    static final int MOST_IN_WORK = 3_072;

    private static final String PROOF = "BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_PSEUDONYM_";
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Header CLOSE = HeaderValues.CONNECTION_CLOSE;
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final System.Logger LOG = System.getLogger(Routes.class.getName());

    private final Store store;
    private final PublishedRegister published;
    private final Issuance issuance;
    private final WarningRoutes warnings;
    private final SlipPages slips;
    private final Counts counts;
    private final Connections connections;

    Routes(Store store, PublishedRegister published, Issuance issuance, WarningRoutes warnings, SlipPages slips, Counts counts,
            Connections connections) {
        this.store = store;
        this.published = published;
        this.issuance = issuance;
        this.warnings = warnings;
        this.slips = slips;
        this.counts = counts;
        this.connections = connections;
    }

    /** A handler that may refuse. */
    private interface Work {
        void on(ServerRequest request, ServerResponse response) throws FailureException, RefusedException;
    }

    void addTo(HttpRouting.Builder routing) {
        routing.addFilter((chain, request, response) -> {
            Answers.always(response.headers());
            if (request.content().hasEntity()) {
                connections.waitFor(request);
            } else {
                connections.answer(request);
            }
            if (hasOneEnd(request)) {
                chain.proceed();
            } else {
                response.header(CLOSE);
                refuse(response, Failure.INVALID_REQUEST);
            }
            connections.waitFor(request);
            // The library writes the header, whoever asked for it, and goes on reading requests.
            if (response.headers().contains(CLOSE) || request.headers().contains(CLOSE)) {
                throw new CloseConnectionException("closed as told");
            }
        });
        routing.route(Method.OPTIONS, "/*", (_, response) -> Answers.preflight(response));
        add(routing, Method.GET, "/.well-known/openid-credential-issuer", this::metadata);
        add(routing, Method.GET, "/register/checkpoint", (_, response) ->
                Answers.send(response, Answers.TEXT, Answers.NO_CACHE, published.checkpoint()));
        add(routing, Method.GET, "/register/index/{name}", (request, response) ->
                file(response, name(request).flatMap(published::index)));
        add(routing, Method.GET, "/register/bundle/{name}", (request, response) ->
                file(response, name(request).flatMap(published::bundle)));
        add(routing, Method.POST, "/token", bounded(this::token));
        add(routing, Method.POST, "/credential", bounded(this::credential));
        add(routing, Method.POST, "/authority/upload", bounded(warnings::upload));
        add(routing, Method.GET, "/warnings/index", warnings::index);
        add(routing, Method.GET, "/warnings/slips", warnings::slips);
        add(routing, Method.GET, "/warnings/batch/{name}", (request, response) -> warnings.batch(name(request), response));
        add(routing, Method.GET, "/slips", (_, response) -> slips.overview(Optional.empty(), response));
        add(routing, Method.GET, "/slips/style.css", (_, response) -> slips.style(response));
        add(routing, Method.GET, "/slips/{language}", (request, response) ->
                slips.overview(Optional.of(request.path().pathParameters().get("language")), response));
        add(routing, Method.GET, "/slips/{language}/{day}", (request, response) ->
                slips.day(request.path().pathParameters().get("language"), request.path().pathParameters().get("day"), response));
        add(routing, Method.GET, "/health", this::health);
        AppFiles.ofProgram().addTo(routing);
        routing.any((_, response) -> refuse(response, Failure.NOT_FOUND));
        routing.error(Throwable.class, (_, response, thrown) -> fault(response, thrown));
    }

    /**
     * Whether everybody agrees where the body ends: one length in digits, or chunks and nothing else. The library takes any
     * other length or coding for none, or believes one of two, and would read the body as the next request; a proxy in
     * front may have read it otherwise.
     */
    private static boolean hasOneEnd(ServerRequest request) {
        List<String> lengths = request.headers().all(HeaderNames.CONTENT_LENGTH, List::of);
        List<String> codings = request.headers().all(HeaderNames.TRANSFER_ENCODING, List::of);
        return lengths.isEmpty() && codings.isEmpty() || codings.isEmpty() && lengths.size() == 1 && LENGTH.matcher(lengths.getFirst()).matches()
                || lengths.isEmpty() && codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
    }

    private void add(HttpRouting.Builder routing, Method method, String path, Work work) {
        Handler handler = (request, response) -> {
            try {
                work.on(request, response);
            } catch (FailureException e) {
                refuse(response, e.failure(), e.getMessage());
            } catch (WrongClockException e) {
                refuse(response, Failure.WRONG_CLOCK);
            } catch (RefusedException e) {
                Failure failure = Failure.of(e.refusal());
                counts.failed(failure);
                Answers.problem(response, failure, e.getMessage(), e.retryAfter());
            }
        };
        routing.route(method, path, handler);
        routing.any(path, (_, response) -> {
            response.header(HeaderNames.ALLOW, method.text() + ", OPTIONS");
            refuse(response, Failure.METHOD_NOT_ALLOWED);
        });
    }

    private void refuse(ServerResponse response, Failure failure) {
        refuse(response, failure, failure.sentence());
    }

    private void refuse(ServerResponse response, Failure failure, String detail) {
        counts.failed(failure);
        Optional<Duration> retry = switch (failure.status()) {
            case 429 -> Optional.of(WrongCodes.WINDOW);
            case 503 -> Optional.of(SOON);
            default -> Optional.empty();
        };
        if (failure == Failure.TOO_LARGE) {
            // The rest of the body is not read: the next request on this connection could not be found.
            response.header(CLOSE);
        }
        Answers.problem(response, failure, detail, retry);
    }

    /** What nobody foresaw: the place is logged, never the message, which may repeat what was sent. */
    private void fault(ServerResponse response, Throwable thrown) {
        StringBuilder place = new StringBuilder(thrown.getClass().getName());
        for (StackTraceElement frame : thrown.getStackTrace()) {
            place.append("\n    at ").append(frame);
        }
        LOG.log(System.Logger.Level.ERROR, place.toString());
        refuse(response, Failure.INTERNAL);
    }

    private Work bounded(Work work) {
        return (request, response) -> {
            try {
                if (counts.begin() > MOST_IN_WORK) {
                    throw new FailureException(Failure.OVERLOADED);
                }
                work.on(request, response);
            } finally {
                counts.end();
            }
        };
    }

    private void token(ServerRequest request, ServerResponse response) throws FailureException, RefusedException {
        byte[] body = Body.read(request, "application/x-www-form-urlencoded", LONGEST_TOKEN_REQUEST, connections);
        // Before anything else is looked at: whoever is sent away must cost next to nothing.
        Optional<Turns.Place> place = issuance.turns().enter(Form.place(body));
        if (place.isPresent()) {
            counts.failed(Failure.OVERLOADED);
            Answers.comeAgain(response, place.get());
            return;
        }
        Issuance.Token token;
        try {
            Form form = Form.parse(body);
            token = issuance.redeem(form.offer(), form.tx(), form.wallet());
        } finally {
            issuance.turns().leave();
        }
        counts.redeemed();
        Answers.send(response, Answers.JSON, Answers.NO_STORE, Form.answer(token));
    }

    private void credential(ServerRequest request, ServerResponse response) throws FailureException, RefusedException {
        byte[] body = Body.read(request, "application/json", LONGEST_CREDENTIAL_REQUEST, connections);
        String token = bearer(request);
        issuance.turns().begin();
        try {
            CredentialRequest asked = CredentialRequest.parse(body, LONGEST_CREDENTIAL_REQUEST);
            List<PassGrant> grants = issuance.issue(token, asked.scheme(), asked.walletSecret(), asked.passes());
            counts.issued(grants.size());
            issuance.turns().served();
            Answers.send(response, Answers.JSON, Answers.NO_STORE, asked.answer(grants));
        } finally {
            issuance.turns().leave();
        }
    }

    private static String bearer(ServerRequest request) throws FailureException {
        String header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw new FailureException(Failure.INVALID_TOKEN);
        }
        return header.substring(7);
    }

    private void metadata(ServerRequest request, ServerResponse response) {
        Map<String, Json> configurations = new TreeMap<>();
        published.register().all(Scheme.class).forEach(scheme -> configurations.put(scheme.line().id(), Json.object(
                "format", "safeconduct-bbs-1", "scheme", scheme.leaf(), "proof_types_supported", Json.object("bbs_commitment",
                        Json.object("proof_signing_alg_values_supported", List.of(PROOF))))));
        Answers.send(response, Answers.JSON, Answers.NO_CACHE, Json.object(
                "credential_issuer", published.register().office().origin(), "token_endpoint", "/token",
                "credential_endpoint", "/credential", "batch_credential_issuance", Json.object("batch_size", CredentialRequest.MOST),
                "credential_configurations_supported", configurations).toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Hash> name(ServerRequest request) {
        try {
            return Optional.of(Hash.parse(request.path().pathParameters().get("name")));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static void file(ServerResponse response, Optional<byte[]> file) throws FailureException {
        Answers.send(response, Answers.TEXT, Answers.IMMUTABLE, file.orElseThrow(() -> new FailureException(Failure.NOT_FOUND)));
    }

    private void health(ServerRequest request, ServerResponse response) throws FailureException {
        issuance.checkClock();
        try {
            store.read(Tables::checkpoint);
        } catch (StoreException e) {
            throw new FailureException(Failure.STORE_UNAVAILABLE);
        }
        Answers.send(response, Answers.JSON, Answers.NO_STORE, "{\"status\":\"UP\"}".getBytes(StandardCharsets.US_ASCII));
    }
}
