package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            for (String path : List.of("/health", "/register/checkpoint", "/.well-known/openid-credential-issuer")) {
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

    @Test
    void jarServesTheAppsWithTheirHeaders() throws Exception {
        assumeTrue(Files.exists(Path.of("..", "web", "wallet", "dist", "index.html")),
                "NOT TESTED: the apps for the browser were not built (npm run build in web/)");
        Process process = start();
        try (HttpClient client = HttpClient.newHttpClient(); BufferedReader out = process.inputReader()) {
            String address = "http://127.0.0.1:" + out.readLine();
            for (String app : List.of("wallet", "checker")) {
                HttpResponse<String> page = get(client, address + "/" + app + "/");
                assertEquals(200, page.statusCode());
                assertEquals("no-cache", page.headers().firstValue("cache-control").orElseThrow());
                String policy = page.headers().firstValue("content-security-policy").orElseThrow();
                assertTrue(policy.contains("default-src 'none'") && !policy.contains("unsafe"), policy);
                assertEquals(app + "/", get(client, address + "/" + app).headers().firstValue("location").orElseThrow());
                Matcher script = Pattern.compile("assets/[^\"]+[.]js").matcher(page.body());
                assertTrue(script.find(), "the page names its script");
                HttpResponse<String> asset = get(client, address + "/" + app + "/" + script.group());
                assertEquals("public, max-age=31536000, immutable", asset.headers().firstValue("cache-control").orElseThrow());
                assertEquals("text/javascript", asset.headers().firstValue("content-type").orElseThrow());
                assertTrue(asset.headers().firstValue("etag").isEmpty() && asset.headers().firstValue("last-modified").isEmpty());
                assertEquals("public, max-age=86400", get(client, address + "/" + app + "/sw.js").headers().firstValue("cache-control").orElseThrow());
            }
        } finally {
            process.getOutputStream().close();
            assertEquals(0, process.waitFor(), "ends by itself");
        }
    }

    @Test
    void onlyTheWorkersThatRunWebAssemblyMay() throws Exception {
        List<String> scripts;
        try (JarFile jar = new JarFile(JAR.toFile())) {
            scripts = jar.stream().map(JarEntry::getName).filter(name -> name.startsWith("web/wallet/assets/") && name.endsWith(".js")).toList();
        }
        assumeFalse(scripts.isEmpty(), "NOT TESTED: the apps for the browser were not built (npm run build in web/)");
        List<String> mayRun = new ArrayList<>();
        Process process = start();
        try (HttpClient client = HttpClient.newHttpClient(); BufferedReader out = process.inputReader()) {
            String address = "http://127.0.0.1:" + out.readLine();
            for (String script : scripts) {
                String policy = get(client, address + script.substring("web".length())).headers().firstValue("content-security-policy").orElseThrow();
                if (policy.contains("script-src 'self' 'wasm-unsafe-eval';")) {
                    mayRun.add(script.replaceAll(".*/|-[^-]*$", ""));
                }
            }
        } finally {
            process.getOutputStream().close();
            assertEquals(0, process.waitFor(), "ends by itself");
        }
        assertEquals(List.of("checkin.worker", "reader.worker"), mayRun.stream().sorted().toList());
    }

    private static HttpResponse<String> get(HttpClient client, String address) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private Process start() throws Exception {
        String java = ProcessHandle.current().info().command().orElse("java");
        return new ProcessBuilder(java, "--enable-native-access=ALL-UNNAMED", "-cp", JAR + System.getProperty("path.separator")
                + Path.of("target", "test-classes"), "org.safeconduct.app.http.JarServer", folder.toString())
                .redirectError(folder.resolve("log").toFile()).start();
    }
}
