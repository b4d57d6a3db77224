package org.safeconduct.app.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A serving node in a process of its own, as {@code safeconduct serve} starts it. */
final class Node implements AutoCloseable {
    /** What the launcher gives {@code serve}: no recorder, and a small heap, all of it from the start, so that load does not make a node grow. */
    static final List<String> JAVA = List.of("-XX:+UseSerialGC", "-XX:+UnlockDiagnosticVMOptions", "-XX:-PrintWarnings", "-XX:-FlightRecorder",
            "-Xms256m", "-Xmx256m", "-Xmn80m", "-XX:+AlwaysPreTouch");

    private final Process process;
    private final InetSocketAddress address;
    private final InetSocketAddress counts;
    private final long begun;

    private Node(Process process, InetSocketAddress address, InetSocketAddress counts, long begun) {
        this.process = process;
        this.address = address;
        this.counts = counts;
        this.begun = begun;
    }

    /**
     * Starts a node on loopback and waits for its first line.
     *
     * @param folder the office's
     * @param store the address of its store
     * @param log where it may complain
     * @param options for its Java
     */
    static Node start(Path folder, String store, Path log, List<String> options) throws IOException {
        String path = System.getProperty("java.class.path");
        // As the launcher does it: with any other words the cache of prepared classes does not fit.
        return start(folder, store, log, options, path.endsWith(".jar") && !path.contains(File.pathSeparator) ? List.of("-jar", path)
                : List.of("--enable-native-access=ALL-UNNAMED", "-cp", path, "org.safeconduct.app.cli.Main"));
    }

    /** As the other; @param program what names class path and main class */
    static Node start(Path folder, String store, Path log, List<String> options, List<String> program) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As this process was started, cache of prepared classes included, so that the start is the one people see.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-XX:AOTCache=") || argument.startsWith("-Xlog:"))
                .forEach(command::add);
        command.addAll(options);
        command.addAll(program);
        command.addAll(List.of("serve", "--data", folder.toString(), "--port", "0", "--metrics-port", "0"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Not as an option: everybody on the machine reads the options of a process.
        builder.environment().put("SAFECONDUCT_STORE", store);
        // Not before: what this process loads in order to start another is no part of the start.
        long begun = System.nanoTime();
        Process process = builder.start();
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith("http")) {
            // What an option for Java says of itself.
            line = out.readLine();
        }
        String second = line == null ? null : out.readLine();
        if (second == null) {
            throw new IOException("A node did not start; see " + log + ".");
        }
        URI counts = URI.create(second.replaceFirst("^counts: ", ""));
        URI uri = URI.create(line.strip());
        return new Node(process, new InetSocketAddress(uri.getHost(), uri.getPort()), new InetSocketAddress(counts.getHost(), counts.getPort()), begun);
    }

    InetSocketAddress address() {
        return address;
    }

    /** Where it hands out its counts. */
    InetSocketAddress counts() {
        return counts;
    }

    long pid() {
        return process.pid();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Seconds since its process was started. */
    double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** Ends it as a failing machine does (SIGKILL). */
    void kill() {
        process.destroyForcibly();
        join();
    }

    /** Asks it to end. */
    @Override
    public void close() {
        process.destroy();
        join();
    }

    private void join() {
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** All that is not this node's: for a report, the processes of a database on this machine. */
    static Stream<ProcessHandle> named(String part) {
        return ProcessHandle.allProcesses().filter(handle -> handle.info().command().map(command -> command.contains(part)).orElse(false));
    }
}
