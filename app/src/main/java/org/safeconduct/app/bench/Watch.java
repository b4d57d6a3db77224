package org.safeconduct.app.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at everything twice a second while a run goes on, and asks the nodes for what must always be answered. */
final class Watch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final Pattern IN_WORK = Pattern.compile("(?m)^safeconduct_requests_in_work (\\d+)$");

    private final long begun = System.nanoTime();
    private final List<Node> nodes;
    private final IntSupplier served;
    private final IntSupplier putOff;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("watch").factory());
    private final List<Sample> samples = new ArrayList<>();

    Watch(List<Node> nodes, IntSupplier served, IntSupplier putOff) {
        this.nodes = nodes;
        this.served = served;
        this.putOff = putOff;
        timer.scheduleAtFixedRate(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * A look.
     *
     * @param seconds since the watch began
     * @param served people since the run began; @param putOff answers that said to come again
     * @param nodeMillis processor time of all nodes; @param loadMillis of this process; @param databaseMillis of PostgreSQL's
     * @param memory of the largest node, in bytes
     * @param inWork requests in work in all nodes
     * @param publicMillis how long health and checkpoint together took; negative if one of them was not answered
     */
    record Sample(double seconds, int served, int putOff, long nodeMillis, long loadMillis, long databaseMillis, long memory, int inWork, double publicMillis) {}

    private void look() {
        double seconds = (System.nanoTime() - begun) / 1e9;
        long nodeMillis = nodes.stream().mapToLong(node -> Machine.processor(node.handle()).toMillis()).sum();
        long databaseMillis = Node.named("postgres").mapToLong(process -> Machine.processor(process).toMillis()).sum();
        long memory = nodes.stream().mapToLong(node -> Machine.memory(node.pid())).max().orElse(0);
        int inWork = 0;
        double publicMillis = 0;
        for (Node node : nodes) {
            long asked = System.nanoTime();
            boolean good = get(node.address(), "/health").isPresent() & get(node.address(), "/register/checkpoint").isPresent();
            publicMillis = good && publicMillis >= 0 ? Math.max(publicMillis, (System.nanoTime() - asked) / 1e6) : -1;
            Matcher found = IN_WORK.matcher(get(node.counts(), "/metrics").orElse(""));
            inWork += found.find() ? Integer.parseInt(found.group(1)) : 0;
        }
        synchronized (samples) {
            samples.add(new Sample(seconds, served.getAsInt(), putOff.getAsInt(), nodeMillis,
                    Machine.processor(ProcessHandle.current()).toMillis(), databaseMillis, memory, inWork, publicMillis));
        }
    }

    private java.util.Optional<String> get(InetSocketAddress node, String path) {
        try {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create("http://" + node.getHostString() + ":" + node.getPort() + path))
                    .timeout(Duration.ofSeconds(5)).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? java.util.Optional.of(answer.body()) : java.util.Optional.empty();
        } catch (IOException e) {
            return java.util.Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return java.util.Optional.empty();
        }
    }

    /** What was seen so far. */
    List<Sample> samples() {
        synchronized (samples) {
            return List.copyOf(samples);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            timer.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
