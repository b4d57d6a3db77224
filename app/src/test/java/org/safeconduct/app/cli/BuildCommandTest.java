package org.safeconduct.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.http.AppBuild;
import org.safeconduct.app.http.OfficeServer;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;

/** Attack 23: other code than everybody's can be seen by whoever looks. */
class BuildCommandTest {
    @TempDir
    private Path home;

    @Test
    void theRegisterNamesWhatIsServedAndWhoComparesSeesAnotherFile() throws Exception {
        assumeFalse(AppBuild.ofProgram().isEmpty(), "NOT TESTED: the apps for the browser were not built (npm run build in web/)");
        Cli cli = new Cli(home);
        assertEquals(Exit.OK, cli.run("office", "init", "--origin", "example.org", "--name", "en=Town", "--contact", "Room 1").exit());
        try (Store store = Store.open(home.resolve("data/office.db").toString(), false);
                OfficeServer server = OfficeServer.start(store, Desk.open(store, OperatorKey.read(home.resolve("data/operator.key")), cli, new SecureRandom()),
                    "127.0.0.1", 0, Optional.empty())) {
            String address = "http://127.0.0.1:" + server.port();
            Cli.Said before = cli.run("build", "compare", address);
            assertEquals(Exit.REFUSED, before.exit());
            assertTrue(before.out().contains("served as in this program; not named in the register"), before.all());
            assertEquals(Exit.OK, cli.run("build", "publish").exit());
            assertTrue(cli.run("build", "publish").out().startsWith("named already: wallet"));
            server.refresh();
            Cli.Said after = cli.run("build", "compare", address);
            assertEquals(Exit.OK, after.exit(), after.all());
            assertTrue(cli.run("register", "verify", address).out().contains("build of the wallet  0.1.0  " + AppBuild.ofProgram().getFirst().digest().hex()));
            // What a browser opens is the folder.
            for (String path : List.of("checker/index.html", "checker/")) {
                HttpServer other = proxy(server.port(), "/" + path, "<p>other");
                try {
                    Cli.Said changed = cli.run("build", "compare", "http://127.0.0.1:" + other.getAddress().getPort());
                    assertEquals(Exit.REFUSED, changed.exit(), path);
                    assertTrue(changed.out().contains("not served as in this program: " + path + ";"), changed.all());
                } finally {
                    other.stop(0);
                }
            }
            HttpServer torn = proxy(server.port(), "/wallet/sw.js", null);
            try {
                Cli.Said broken = cli.run("build", "compare", "http://127.0.0.1:" + torn.getAddress().getPort());
                assertEquals(Exit.CANNOT, broken.exit(), "who was not answered has compared nothing");
                assertTrue(broken.err().contains("was not answered"), broken.all());
            } finally {
                torn.stop(0);
            }
        }
    }

    /** A proxy that answers one path with a text of its own, or with nothing. */
    private static HttpServer proxy(int port, String path, String text) throws Exception {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        HttpClient client = HttpClient.newHttpClient();
        proxy.createContext("/", exchange -> {
            try {
                HttpResponse<byte[]> answer = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + exchange.getRequestURI())).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
                boolean here = exchange.getRequestURI().getPath().equals(path);
                if (here && text == null) {
                    exchange.close();
                    return;
                }
                byte[] body = here ? text.getBytes(StandardCharsets.UTF_8) : answer.body();
                exchange.sendResponseHeaders(answer.statusCode(), body.length);
                exchange.getResponseBody().write(body);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        proxy.start();
        return proxy;
    }

    @Test
    void aProgramWithoutTheAppsSaysSo() {
        if (AppBuild.ofProgram().isEmpty()) {
            Cli.Said said = new Cli(home).run("build", "list");
            assertEquals(Exit.CANNOT, said.exit());
            assertTrue(said.err().contains("without the apps"), said.all());
        } else {
            assertFalse(new Cli(home).run("build", "list").out().isEmpty());
        }
    }
}
