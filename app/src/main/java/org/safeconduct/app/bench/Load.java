package org.safeconduct.app.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The load generator: one thread on which a crowd arrives, asks, waits as it is told and asks again, over keep-alive
 * connections. A person's time counts from when she arrives, whether or not a connection was free for her, so that a
 * slow server cannot hide by making the crowd wait outside.
 */
final class Load {
    /** A run that has not ended so long after its last arrival is ended; whoever is left was not served. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<InetSocketAddress> nodes;
    private final List<Person> crowd;
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger putOff = new AtomicInteger();
    /** Waits are spread by chance, as wallets do; which chance does not matter here. */
    private final Random random = new Random(1);
    private BiConsumer<Integer, Supplier<String>> answers = (person, answer) -> { };

    Load(List<InetSocketAddress> nodes, List<Person> crowd) {
        this.nodes = List.copyOf(nodes);
        this.crowd = crowd;
    }

    /** Has the answers of some people read: those for whom it is asked. */
    void onAnswer(BiConsumer<Integer, Supplier<String>> reader) {
        answers = reader;
    }

    /** People who have their pass, for whoever watches. */
    int served() {
        return served.get();
    }

    /** Requests that were told to come again, for whoever watches. */
    int putOff() {
        return putOff.get();
    }

    /**
     * How a part of the crowd comes.
     *
     * @param from first person
     * @param to first person who does not come
     * @param rate arrivals a second; 0 if each connection takes the next person when it is free
     * @param connections most at once
     * @param longest nobody arrives later than this
     */
    record Plan(int from, int to, double rate, int connections, Duration longest) {}

    /**
     * What became of it.
     *
     * @param people who have their pass
     * @param seconds from the first arrival to the last pass
     * @param micros from arrival to pass, ascending
     * @param putOff answers that said to come again
     * @param errors other answers and broken connections
     * @param unserved people who arrived and went without
     * @param firstError what the first error was, or empty
     * @param next first person who did not arrive
     */
    record Outcome(int people, double seconds, int[] micros, int putOff, int errors, int unserved, String firstError, int next) {
        double rate() {
            return people / seconds;
        }

        /** Milliseconds within which a share of the people had their pass. */
        double percentile(double share) {
            return micros.length == 0 ? 0 : micros[Math.min(micros.length - 1, (int) (micros.length * share))] / 1e3;
        }
    }

    private record Return(long at, int person) implements Comparable<Return> {
        @Override
        public int compareTo(Return other) {
            return Long.compare(at, other.at);
        }
    }

    Outcome run(Plan plan) throws IOException {
        try (Run run = new Run(plan)) {
            return run.toEnd();
        }
    }

    /** One run: all of it on the calling thread. */
    private final class Run implements AutoCloseable {
        private final Plan plan;
        private final Selector selector = Selector.open();
        private final List<Caller> callers = new ArrayList<>();
        /**
         * Free connections. A crowd that arrives by itself is led to the nodes in turn, as a balancer leads it: else whichever node
         * refuses fastest has the most connections free, draws the crowd to itself, and promises turns that only it keeps.
         */
        private final List<Deque<Caller>> idle = new ArrayList<>();
        /** Whoever is next waits for a connection to her node. */
        private boolean blocked;
        private final PriorityQueue<Return> returns = new PriorityQueue<>();
        private final byte[][] places;
        private final long[] arrived;
        private final int[] micros;
        private long begun;
        private long last;
        private int next;
        private int done;
        private int gone;
        private int errors;
        private int told;
        private String firstError = "";

        Run(Plan plan) throws IOException {
            this.plan = plan;
            this.next = plan.from();
            this.places = new byte[plan.to() - plan.from()][];
            this.arrived = new long[plan.to() - plan.from()];
            this.micros = new int[plan.to() - plan.from()];
            int lanes = plan.rate() == 0 ? 1 : nodes.size();
            for (int i = 0; i < lanes; i++) {
                idle.add(new ArrayDeque<>());
            }
            int connections = Math.min(plan.connections(), plan.to() - plan.from());
            for (int i = 0; i < connections; i++) {
                // Opened by whoever uses it first, as wallets do.
                Caller caller = new Caller();
                caller.node = nodes.get(i % nodes.size());
                callers.add(caller);
                free(caller);
            }
        }

        Outcome toEnd() throws IOException {
            // Not before: what this generator needs for itself is no part of the crowd's time.
            begun = System.nanoTime();
            last = begun;
            long close = begun + plan.longest().toNanos();
            long end = close + PATIENCE.toNanos();
            long now = begun;
            while (now < end) {
                start(now, close);
                boolean allHere = next == plan.to() || now >= close;
                if (allHere && done + gone == next - plan.from()) {
                    break;
                }
                selector.select(this::onReady, pause(now, close));
                now = System.nanoTime();
            }
            int[] sorted = java.util.Arrays.stream(micros).filter(micro -> micro > 0).sorted().toArray();
            return new Outcome(done, (last - begun) / 1e9, sorted, told, errors, next - plan.from() - done, firstError, next);
        }

        private void free(Caller caller) {
            idle.get(nodes.indexOf(caller.node) % idle.size()).addLast(caller);
        }

        /** Milliseconds until somebody arrives or comes back, 1 at least; while whoever is next is blocked, until something is answered. */
        private long pause(long now, long close) {
            long wake = returns.isEmpty() ? now + TimeUnit.SECONDS.toNanos(1) : returns.peek().at;
            if (next < plan.to() && now < close) {
                wake = Math.min(wake, due(next));
            }
            return blocked ? 1000 : Math.max(1, (wake - now) / 1_000_000);
        }

        private long due(int person) {
            return plan.rate() == 0 ? begun : begun + (long) ((person - plan.from()) * 1e9 / plan.rate());
        }

        /** Lets people begin while there are free connections: those who come back, each to the next node, before those who arrive. */
        private void start(long now, long close) throws IOException {
            while (true) {
                boolean back = !returns.isEmpty() && returns.peek().at <= now;
                boolean arrives = !back && next < plan.to() && now < close && due(next) <= now;
                int person = back ? returns.peek().person : next;
                Caller caller = back || arrives ? idle.get((back ? person + 1 : person) % idle.size()).pollFirst() : null;
                blocked = (back || arrives) && caller == null;
                if (caller == null) {
                    return;
                }
                if (back) {
                    returns.poll();
                } else {
                    next++;
                    arrived[person - plan.from()] = plan.rate() == 0 ? now : due(person);
                }
                caller.person = person;
                try {
                    if (!caller.isOpen()) {
                        caller.open(caller.node, selector);
                    }
                    caller.askToken(crowd.get(person), places[person - plan.from()]);
                } catch (IOException e) {
                    broken(caller, e.getMessage());
                }
            }
        }

        private void onReady(SelectionKey key) {
            Caller caller = (Caller) key.attachment();
            try {
                if (key.isWritable()) {
                    caller.flush();
                } else if (caller.read()) {
                    answered(caller);
                }
            } catch (IOException e) {
                broken(caller, e.getMessage());
            }
        }

        private void answered(Caller caller) throws IOException {
            if (caller.person < 0) {
                throw new IOException("An answer to no request.");
            }
            int person = caller.person;
            int status = caller.status();
            if (status == 200 && !caller.credential) {
                caller.token = caller.accessToken();
                if (caller.closes()) {
                    caller.close();
                    caller.open(caller.node, selector);
                }
                caller.askCredential(crowd.get(person));
                return;
            }
            if (status == 200) {
                answers.accept(person, caller::body);
                last = System.nanoTime();
                micros[person - plan.from()] = (int) Math.max(1, (last - arrived[person - plan.from()]) / 1000);
                done++;
                served.incrementAndGet();
            } else if (status == 503 || status == 429) {
                comeAgain(caller);
            } else {
                gone++;
                error(status + " " + caller.body());
            }
            caller.person = -1;
            if (caller.closes()) {
                caller.close();
            }
            free(caller);
        }

        /** As wallets do: at least as long as it was told, and a little more by chance, with the place it was given. */
        private void comeAgain(Caller caller) {
            told++;
            putOff.incrementAndGet();
            byte[] place = caller.place();
            if (place != null) {
                places[caller.person - plan.from()] = place;
            }
            long wait = TimeUnit.SECONDS.toNanos(caller.retryAfter()) + (long) (random.nextDouble() * TimeUnit.SECONDS.toNanos(1));
            returns.add(new Return(System.nanoTime() + wait, caller.person));
        }

        private void broken(Caller caller, String why) {
            caller.close();
            free(caller);
            if (caller.person >= 0) {
                gone++;
                error("connection: " + why);
                caller.person = -1;
            }
        }

        private void error(String what) {
            errors++;
            if (firstError.isEmpty()) {
                firstError = what;
            }
        }

        @Override
        public void close() throws IOException {
            callers.forEach(Caller::close);
            selector.close();
        }
    }
}
