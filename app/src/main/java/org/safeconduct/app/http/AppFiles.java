package org.safeconduct.app.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.PathMatchers;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The apps in the browser, as their build put them into the jar (spec/http.md section 9).
 *
 * <p>They are read once and kept: a megabyte, the same bytes for everybody. A jar that was built without Node holds none.
 */
final class AppFiles {
    private static final String FOLDER = "/web";
    static final String START = "index.html";
    private static final Header WEEKS = Answers.IMMUTABLE;
    private static final Header DAY = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "public, max-age=86400");
    private static final String POLICY = "default-src 'none'; script-src 'self'%s; style-src 'self'; img-src 'self'; worker-src 'self'; "
            + "manifest-src 'self'; connect-src 'self' https: http://localhost:* http://127.0.0.1:*; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
            + "trusted-types svelte-trusted-html safeconduct";
    private static final Header PAGE = policy("");
    /** Those that run WebAssembly: the reader of camera pictures, and the matching of warnings. */
    private static final List<String> RUN_WEBASSEMBLY = List.of("/reader.worker-", "/checkin.worker-");
    private static final Header WEBASSEMBLY = policy(" 'wasm-unsafe-eval'");
    private static final List<Header> ALWAYS = List.of(
            HeaderValues.createCached(HeaderNames.create("Cross-Origin-Opener-Policy"), "same-origin"),
            HeaderValues.createCached(HeaderNames.create("Permissions-Policy"),
                    "camera=(self), screen-wake-lock=(self), fullscreen=(self), geolocation=(), microphone=()"));
    private static final Map<String, Header> TYPES = Map.of("html", type("text/html; charset=utf-8"), "js", type("text/javascript"),
            "css", type("text/css"), "wasm", type("application/wasm"), "svg", type("image/svg+xml"),
            "webmanifest", type("application/manifest+json"));

    /** By path below the folder, for example {@code wallet/assets/index-1a2b.js}. */
    private final Map<String, byte[]> files;

    private AppFiles(Map<String, byte[]> files) {
        this.files = files;
    }

    private static Header policy(String webAssembly) {
        return HeaderValues.createCached(HeaderNames.create("Content-Security-Policy"), POLICY.formatted(webAssembly));
    }

    private static Header type(String name) {
        return HeaderValues.createCached(HeaderNames.CONTENT_TYPE, name);
    }

    /** Returns whether this program was built with wallet and checker. */
    static boolean inProgram() {
        return Stream.of("wallet", "checker").allMatch(app -> AppFiles.class.getResource(FOLDER + "/" + app + "/" + START) != null);
    }

    /** Returns the apps that this program was built with. */
    static AppFiles ofProgram() {
        return OfProgram.FILES;
    }

    /** Read by whoever asks first. */
    private static final class OfProgram {
        static final AppFiles FILES = new AppFiles(read());

        private static Map<String, byte[]> read() {
            URL folder = AppFiles.class.getResource(FOLDER);
            try {
                return folder == null ? Map.of() : "jar".equals(folder.getProtocol())
                        ? AppFiles.read((JarURLConnection) folder.openConnection()) : AppFiles.read(Path.of(folder.toURI()));
            } catch (URISyntaxException | IOException e) {
                throw new IllegalStateException("The apps in the program's jar cannot be read.", e);
            }
        }
    }

    /** The jar that the program runs from is open already; as a file system it would be read anew. */
    private static Map<String, byte[]> read(JarURLConnection folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        String beginning = FOLDER.substring(1) + "/";
        JarFile jar = folder.getJarFile();
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream().filter(one -> !one.isDirectory() && one.getName().startsWith(beginning))::iterator) {
            try (InputStream in = jar.getInputStream(entry)) {
                files.put(entry.getName().substring(beginning.length()), in.readAllBytes());
            }
        }
        return files;
    }

    private static Map<String, byte[]> read(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return files;
    }

    /** All files, by path below the folder. */
    Map<String, byte[]> files() {
        return files;
    }

    /** Adds a path for every file, and for the start of every app. */
    void addTo(HttpRouting.Builder routing) {
        files.forEach((path, bytes) -> {
            Handler file = (_, response) -> send(response, path, bytes);
            routing.route(Method.GET, PathMatchers.exact("/" + path), file);
            if (path.endsWith("/" + START)) {
                String app = path.substring(0, path.length() - START.length());
                routing.route(Method.GET, PathMatchers.exact("/" + app), file);
                routing.route(Method.GET, PathMatchers.exact("/" + app.substring(0, app.length() - 1)), (_, response) ->
                        response.status(Status.PERMANENT_REDIRECT_308).header(HeaderNames.LOCATION, app).send());
            }
        });
    }

    private static void send(ServerResponse response, String path, byte[] bytes) {
        ALWAYS.forEach(response::header);
        response.header(RUN_WEBASSEMBLY.stream().anyMatch(path::contains) ? WEBASSEMBLY : PAGE);
        Header caching = path.contains("/assets/") ? WEEKS : path.endsWith("/sw.js") ? DAY : Answers.NO_CACHE;
        Answers.send(response, TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), Answers.TEXT), caching, bytes);
    }
}
