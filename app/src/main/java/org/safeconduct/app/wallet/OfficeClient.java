package org.safeconduct.app.wallet;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Text;
import org.safeconduct.crypto.MalformedException;

/**
 * Talks to one office over HTTP (http.md). Sends no cookies, follows no redirects, makes no
 * conditional requests and sends the same headers as every other wallet.
 *
 * <p>An office that is too busy says so with {@code Retry-After}; the client waits at least that long,
 * and a random time on top so that a crowd does not come back together, at most {@link #TRIES} times
 * and never longer than {@link #PATIENCE} in all.
 */
public final class OfficeClient implements AutoCloseable {
    /** How the client waits; tests wait by moving a clock. */
    @FunctionalInterface
    public interface Pause {
        /** Waits for the duration. */
        void of(Duration duration) throws InterruptedException;
    }

    /** Where a wallet keeps its place in the office's queue (http.md 6.1) until it has redeemed. */
    public interface Queue {
        /** The place that was kept last, or an empty text. */
        String place() throws IOException;

        /** Keeps a place for as long as it takes; an empty text gives it up. */
        void keep(String place) throws IOException;
    }

    /** Most attempts at one request. */
    public static final int TRIES = 6;
    /** Longest time spent waiting over one request. */
    public static final Duration PATIENCE = Duration.ofMinutes(3);
    /** First wait where the office names none; doubled each time. */
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** http.md 1.5 and register.md 1.1: 256 lines of 16,384 bytes and their ends. */
    private static final int LARGEST_BUNDLE = 256 * (16_384 + 1);
    private static final int LARGEST_INDEX = 391 * 65;
    private static final int LARGEST_ANSWER = 256 * 1024;
    private static final int LARGEST_NOTE = 4_096;
    private static final Pattern ADDRESS = Pattern.compile("(https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?|http://(localhost|127\\.0\\.0\\.1))(:[1-9][0-9]{0,4})?");

    /** Keeps nothing: for what has no queue, and for those who are never sent away. */
    public static final Queue NO_QUEUE = new Queue() {
        @Override
        public String place() {
            return "";
        }

        @Override
        public void keep(String place) {
            // Nothing is kept.
        }
    };

    private final String address;
    private final Pause pause;
    private final RandomGenerator random;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(CONNECT).build();

    /**
     * A client of the office at an address, {@code https://HOST[:PORT]}; {@code http} for this machine only.
     *
     * @throws MalformedException if the address is not of that form
     */
    public OfficeClient(String address, Pause pause, RandomGenerator random) throws MalformedException {
        this.address = address(address);
        this.pause = pause;
        this.random = random;
    }

    /** The address without a slash at its end, if it has the form. */
    public static String address(String typed) throws MalformedException {
        String bare = typed.endsWith("/") ? typed.substring(0, typed.length() - 1) : typed;
        if (bare.length() > 200 || !ADDRESS.matcher(bare).matches()) {
            throw new MalformedException("An office's address is https:// and a host name, with a port or without (http:// for 127.0.0.1 and localhost only).");
        }
        return bare;
    }

    /** The checkpoint note, as it is now. */
    public byte[] checkpoint() throws IOException, InterruptedException, OfficeRefusal {
        return get("/register/checkpoint", LARGEST_NOTE);
    }

    /** The list of bundles of a root. */
    public byte[] index(Hash root) throws IOException, InterruptedException, OfficeRefusal {
        return get("/register/index/" + root.hex(), LARGEST_INDEX);
    }

    /** Up to 256 lines. */
    public byte[] bundle(Hash hash) throws IOException, InterruptedException, OfficeRefusal {
        return get("/register/bundle/" + hash.hex(), LARGEST_BUNDLE);
    }

    /** A file of an app that the server hands out, for example {@code wallet/index.html}. */
    public byte[] app(String path) throws IOException, InterruptedException, OfficeRefusal {
        return get("/" + path, LARGEST_BUNDLE);
    }

    /** What redeeming an offer gives: a token for ten minutes, and the id of the scheme it is for. */
    public record Token(String token, String scheme) {
        @Override
        public String toString() {
            return "Token[secret]";
        }
    }

    /**
     * Redeems an offer (http.md section 4). Safe to repeat with the same wallet hash.
     *
     * @param code the 26 characters
     * @param queue told the place that the office gives, before this waits or gives up
     */
    public Token token(String code, Optional<String> txCode, Hash walletHash, Queue queue)
            throws IOException, InterruptedException, OfficeRefusal, MalformedException {
        StringBuilder form = new StringBuilder("grant_type=")
            .append(URLEncoder.encode("urn:ietf:params:oauth:grant-type:pre-authorized_code", StandardCharsets.UTF_8))
            .append("&pre-authorized_code=").append(code);
        txCode.ifPresent(digits -> form.append("&tx_code=").append(digits));
        form.append("&wallet_hash=").append(walletHash.hex());
        byte[] answer = patiently(place -> request("/token").header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form + (place.isEmpty() ? "" : "&place=" + place))).build(), LARGEST_ANSWER, queue);
        queue.keep("");
        var members = Json.parseLoosely(answer, LARGEST_ANSWER).members();
        Json token = members.get("access_token");
        Json scheme = members.get("credential_configuration_id");
        if (token == null || scheme == null || !token.string().matches("[A-Za-z0-9._~+/=-]{1,1000}")) {
            throw new MalformedException("The office's answer is not one that this wallet knows. Update the wallet, and try again.");
        }
        return new Token(token.string(), Text.id(scheme.string()));
    }

    /**
     * Asks for passes (http.md section 5). Safe to repeat with the same body.
     *
     * @return the answer, unread
     */
    public Json credential(Token token, Json body) throws IOException, InterruptedException, OfficeRefusal, MalformedException {
        byte[] answer = patiently(_ -> request("/credential").header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token.token()).POST(BodyPublishers.ofByteArray(body.print())).build(), LARGEST_ANSWER, NO_QUEUE);
        return Json.parseLoosely(answer, LARGEST_ANSWER);
    }

    private byte[] get(String path, int largest) throws IOException, InterruptedException, OfficeRefusal {
        return patiently(_ -> request(path).GET().build(), largest, NO_QUEUE);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(ANSWER).header("User-Agent", "safeconduct");
    }

    /** @param request given the place in the queue that the office gave last, or nothing */
    private byte[] patiently(Function<String, HttpRequest> request, int largest, Queue queue) throws IOException, InterruptedException, OfficeRefusal {
        Duration waited = Duration.ZERO;
        for (int attempt = 1; ; attempt++) {
            HttpResponse<byte[]> response = client.send(request.apply(queue.place()), BodyHandlers.limiting(BodyHandlers.ofByteArray(), largest));
            if (response.statusCode() == 200) {
                return response.body();
            }
            Duration wait = waitBefore(attempt, response);
            waited = waited.plus(wait);
            boolean busy = response.statusCode() == 503 || response.statusCode() == 429;
            if (busy && !place(response).isEmpty()) {
                queue.keep(place(response));
            }
            if (!busy || attempt == TRIES || waited.compareTo(PATIENCE) > 0) {
                throw refusal(response);
            }
            pause.of(wait);
        }
    }

    /** The turn that the office keeps for this wallet (http.md 6.1); none if the answer holds none. */
    private static String place(HttpResponse<byte[]> response) {
        try {
            Json place = Json.parseLoosely(response.body(), LARGEST_ANSWER).members().get("place");
            return place != null && place.string().matches("[A-Za-z0-9_-]{1,200}") ? place.string() : "";
        } catch (MalformedException notOurs) {
            return "";
        }
    }

    /** At least what the office asks for and up to a second more by chance, else 1, 2, 4 ... seconds and up to as much again. */
    private Duration waitBefore(int attempt, HttpResponse<?> response) {
        OptionalLong asked = response.headers().firstValue("Retry-After").filter(value -> value.matches("[0-9]{1,6}"))
            .map(value -> OptionalLong.of(Long.parseLong(value))).orElse(OptionalLong.empty());
        Duration least = asked.isPresent() ? Duration.ofSeconds(asked.getAsLong()) : FIRST_WAIT.multipliedBy(1L << (attempt - 1));
        long most = asked.isPresent() ? FIRST_WAIT.toMillis() : least.toMillis();
        return least.plusMillis(random.nextLong(most + 1));
    }

    private static OfficeRefusal refusal(HttpResponse<byte[]> response) {
        try {
            var members = Json.parseLoosely(response.body(), LARGEST_ANSWER).members();
            return new OfficeRefusal(response.statusCode(), members.get("error").string(), Text.check(members.get("detail").string(), 500));
        } catch (MalformedException | NullPointerException notOurs) {
            return new OfficeRefusal(response.statusCode(), "", "");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
