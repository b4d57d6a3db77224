package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one jar that people get: its parts find each other, and what was lost in the packing would show here. */
class JarIT {
    private static final Path JAR = Path.of("target", "safeconduct.jar");

    @TempDir
    Path folder;

    @Test
    void manifestNamesTheProgramAndAllowsNativeCode() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Manifest manifest = jar.getManifest();
            assertEquals("org.safeconduct.app.cli.Main", manifest.getMainAttributes().getValue("Main-Class"));
            assertEquals("ALL-UNNAMED", manifest.getMainAttributes().getValue("Enable-Native-Access"));
        }
    }

    @Test
    void jarAloneServesAnOffice() throws Exception {
        Process process = start();
        try (HttpClient client = HttpClient.newHttpClient(); BufferedReader out = process.inputReader()) {
            String port = out.readLine();
            for (String path : List.of("/health", "/metrics", "/register/checkpoint", "/.well-known/openid-credential-issuer")) {
                HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                        HttpResponse.BodyHandlers.ofString());
                assertEquals(200, answer.statusCode(), path);
                assertTrue(!answer.body().isEmpty(), path);
            }
        } finally {
            process.getOutputStream().close();
            assertEquals(0, process.waitFor(), "ends by itself");
        }
        assertEquals("", Files.readString(folder.resolve("log")), "nothing to say, nothing said");
    }

    private Process start() throws Exception {
        String java = ProcessHandle.current().info().command().orElse("java");
        return new ProcessBuilder(java, "--enable-native-access=ALL-UNNAMED", "-cp", JAR + System.getProperty("path.separator")
                + Path.of("target", "test-classes"), "org.safeconduct.app.http.JarServer", folder.toString())
                .redirectError(folder.resolve("log").toFile()).start();
    }
}
