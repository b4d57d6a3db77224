package org.safeconduct.app.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.safeconduct.core.pass.Pass;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * A city comes for its passes: as fast as it is served, then at four fifths of that, then ten times as fast as it can be
 * served, then each for a week. The nodes are processes of their own, the generator is this one, all on one machine.
 */
final class Surge {
    /** The people of Moscow in April 2020. */
    static final double MOSCOW = 12_700_000;

    /** To each node: enough that it has work while a group of people waits for its commit. */
    private static final int CONNECTIONS = 128;
    /** People for each node, until Java has compiled what it will. */
    private static final int WARM_UP = 20_000;
    /** To each node: more than it lets in at once, so that nobody waits outside when ten times as many come as can be served. */
    private static final int CROWDED = 2_000;
    private static final double OVERLOAD = 10;
    private static final double STEADY = 0.8;
    /** Many a machine is half as fast a minute later: what is compared with the peak is compared with one on either side of it. */
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final String WELL = "HTTP/1.1 200";
    /** So many of the passes that were received are kept. */
    private static final int PASSES = 50;

    private final Options options;
    private final Consumer<String> tell;
    private final List<Phase> phases = new ArrayList<>();
    private final List<Pass> passes = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    /**
     * What to measure.
     *
     * @param people all that come, in all phases
     * @param nodes serving processes
     * @param database address of an empty PostgreSQL database, or none for SQLite in the folder
     * @param seconds how long the first crowd keeps coming
     * @param java options for the nodes' Java
     */
    record Options(int people, int nodes, Optional<String> database, Duration seconds, List<String> java) {}

    Surge(Options options, Consumer<String> tell) {
        this.options = options;
        this.tell = tell;
    }

    List<Phase> phases() {
        return phases;
    }

    /** Passes of the running day that were received on the way. */
    List<Pass> passes() {
        return List.copyOf(passes);
    }

    List<Row> rows() {
        return rows;
    }

    void run(Path folder, SecureRandom random, java.util.function.LongConsumer progress) throws IOException {
        String store = options.database.orElse(folder.resolve("office.db").toString());
        Crowd.found(folder, store, random);
        int week = Math.max(1, options.people / 40);
        tell.accept("enrolling " + options.people + " people and making their requests ...");
        Crowd crowd = Crowd.of(folder, store, week, random);
        rows.add(Row.plain("enrolled", options.people / crowd.enrol(options.people), "people/s"));
        List<Person> people = crowd.everybody(progress);
        List<Node> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < options.nodes; i++) {
                nodes.add(Node.start(folder, store, folder.resolve("node.log"), options.java));
                health(nodes.getLast().address());
                rows.add(Row.atMost("start to first answer, node " + (i + 1), nodes.getLast().seconds(), "s", 1.5));
            }
            drive(crowd, people, nodes, week);
            account(nodes);
        } finally {
            nodes.forEach(Node::close);
        }
    }

    /** Over a bare socket: what this process would load in order to ask is no part of a node's start. */
    private static void health(InetSocketAddress node) throws IOException {
        try (Socket socket = new Socket(node.getAddress(), node.getPort())) {
            socket.getOutputStream().write("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            if (!new String(socket.getInputStream().readNBytes(WELL.length()), StandardCharsets.US_ASCII).equals(WELL)) {
                throw new IOException("A node started and is not well.");
            }
        }
    }

    private void drive(Crowd crowd, List<Person> people, List<Node> nodes, int week) throws IOException {
        Load load = new Load(nodes.stream().map(Node::address).toList(), people);
        AtomicInteger checked = new AtomicInteger();
        List<String> wrong = new ArrayList<>();
        load.onAnswer((person, answer) -> {
            if (crowd.checks(person)) {
                try {
                    Pass today = crowd.receive(person, answer.get());
                    if (passes.size() < PASSES) {
                        passes.add(today);
                    } else {
                        today.close();
                    }
                    checked.incrementAndGet();
                } catch (MalformedException | VerificationException e) {
                    wrong.add(e.getMessage());
                }
            }
        });
        int all = options.people - week;
        int connections = CONNECTIONS * options.nodes;
        int peakEnd = all * 62 / 100;
        int next = phase("warm-up", load, new Load.Plan(0, Math.min(all / 5, WARM_UP * options.nodes), 0, connections, options.seconds), nodes);
        next = phase("peak", load, new Load.Plan(next, peakEnd, 0, connections, options.seconds), nodes);
        double peak = phases.getLast().outcome().rate();
        int steadyEnd = Math.min(next + all * 12 / 100, next + (int) (peak * STEADY * options.seconds.toSeconds()));
        next = phase("80 % of the peak", load, new Load.Plan(next, steadyEnd, peak * STEADY, 4 * connections, options.seconds), nodes);
        int crowdEnd = Math.min(all * 94 / 100, next + (int) (peak * options.seconds.toSeconds()));
        next = phase("ten times the peak", load, new Load.Plan(next, crowdEnd, peak * OVERLOAD, CROWDED * options.nodes, options.seconds), nodes);
        phase("the peak again", load, new Load.Plan(next, all, 0, connections, options.seconds.compareTo(AGAIN) < 0 ? options.seconds : AGAIN), nodes);
        phase("a week each", load, new Load.Plan(all, options.people, 0, connections, options.seconds), nodes);
        if (!wrong.isEmpty()) {
            throw new IOException("A pass that was issued is none: " + wrong.getFirst());
        }
        rows.add(Row.plain("answers received as a wallet receives them, all valid", checked.get(), "people"));
    }

    private int phase(String name, Load load, Load.Plan plan, List<Node> nodes) throws IOException {
        tell.accept(name + " ...");
        phases.add(Phase.run(name, load, plan, nodes));
        return phases.getLast().outcome().next();
    }

    private void account(List<Node> nodes) {
        Phase peak = phases.get(1);
        Phase steady = phases.get(2);
        Phase crowded = phases.get(3);
        Phase again = phases.get(4);
        double least = options.database.isPresent() ? 1_500 : 2_000;
        rows.add(Row.atLeast("people with a pass, as fast as they are served", peak.outcome().rate(), "people/s", least));
        rows.add(Row.plain("  for so long", peak.outcome().seconds(), "s"));
        rows.add(Row.plain("  Moscow would take", MOSCOW / peak.outcome().rate() / 3600, "h"));
        for (double share : new double[] {0.5, 0.99, 0.999}) {
            rows.add(Row.plain("  from arrival to pass, p" + Row.number(share * 100), peak.outcome().percentile(share), "ms"));
        }
        processor(peak);
        for (double share : new double[] {0.5, 0.99, 0.999}) {
            String name = "at 80 % of it, from arrival to pass, p" + Row.number(share * 100);
            rows.add(share == 0.99 ? Row.atMost(name, steady.outcome().percentile(share), "ms", 250) : Row.plain(name, steady.outcome().percentile(share), "ms"));
        }
        rows.add(Row.atLeast("ten times the peak: people with a pass", 2 * crowded.outcome().rate() / (peak.outcome().rate() + again.outcome().rate()),
                "of the peaks", 0.85));
        rows.add(Row.plain("  the peak again, right after it", again.outcome().rate(), "people/s"));
        rows.add(Row.plain("  told to come again, times a person", (double) crowded.outcome().putOff() / Math.max(1, crowded.outcome().people()), ""));
        rows.add(Row.atMost("  memory of a node beside the peak's", crowded.memory() / peak.memory(), "of the peak", 1.2));
        rows.add(Row.atMost("  health or checkpoint unanswered", crowded.publicFailures(), "looks", 0.5));
        rows.add(Row.plain("  longest answer of health and checkpoint together", crowded.longestPublic(), "ms"));
        rows.add(Row.plain("passes, if each person fetches a week's seven", phases.get(5).outcome().rate() * Crowd.WEEK, "passes/s"));
        rows.add(Row.atMost("errors, all phases", phases.stream().mapToInt(phase -> phase.outcome().errors()).sum(), "", 0.5));
        rows.add(Row.atMost("people without a pass, all phases", phases.stream().mapToInt(phase -> phase.outcome().unserved()).sum(), "", 0.5));
        rows.add(Row.atMost("most memory of a node, ever", nodes.stream().mapToLong(node -> Machine.mostMemory(node.pid())).max().orElse(0) / 1048576.0, "MiB", 512));
        rows.add(Row.plain("processes that wanted a core, last minute", Machine.loadAverage(), "of " + Runtime.getRuntime().availableProcessors()));
    }

    /** Where the time goes, as processor time for each person, which a busy machine does not change much. */
    private void processor(Phase peak) {
        double node = peak.micros(Watch.Sample::nodeMillis);
        double load = peak.micros(Watch.Sample::loadMillis);
        double database = peak.microsOf("group commit") + peak.micros(Watch.Sample::databaseMillis);
        double crypto = Math.min(node, CryptoCost.micros(new SecureRandom()));
        double house = peak.microsOf("GC", "VM ", "C1 ", "C2 ", "G1 ", "Sweeper", "Common-Cleaner", "Reference");
        rows.add(Row.plain("processor for each person, all nodes", node, "µs"));
        rows.add(Row.plain("  crypto (one commitment and signature, measured alone)", crypto, "µs"));
        rows.add(Row.plain("  collector and compiler", house, "µs"));
        rows.add(Row.plain("  HTTP and the rest", Math.max(0, node - crypto - house - peak.microsOf("group commit")), "µs"));
        rows.add(Row.plain("processor for each person, database", database, "µs"));
        rows.add(Row.plain("processor for each person, load generator", load, "µs"));
        rows.add(Row.plain("  the generator's share of all", load / (node + load + peak.micros(Watch.Sample::databaseMillis)), "of 1"));
    }
}
