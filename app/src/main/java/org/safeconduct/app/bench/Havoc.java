package org.safeconduct.app.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;
import org.safeconduct.app.store.StoreException;
import org.safeconduct.app.store.Tables;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.wire.Hash;

/**
 * People fetch passes while the nodes are killed at random moments, connections are cut, the disk fills up, clocks are
 * wrong, backups are taken and commands write to the register; afterwards it is proved that nobody lost anything and
 * nobody got anything twice. The proof looks before it asks: asking again could mend what was lost.
 */
public final class Havoc {
    /** Nodes live for a second here: what makes them start sooner matters more than what makes them fast. */
    private static final List<String> JAVA = List.of("-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1",
            "-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote");
    private static final int CLIENTS = 12;
    private static final int LONGEST_PEACE_MILLIS = 400;
    /** Whoever is served by nobody for so long, while nodes run, was given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LOOK_MILLIS = 5;
    /** So many are enrolled at once; the next ones when half of them have come. */
    private static final int PEOPLE = 1_000;
    /** One in so many asks for other bytes at the end, before everybody asks for the same. */
    private static final int GREEDY = 10;
    /** The clock of a node that is started again is wrong by at most so many seconds. */
    private static final int WRONG_SECONDS = 90;

    private final Options options;
    private final Consumer<String> tell;
    private final Random random;
    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    private final Map<Integer, Person> people = new ConcurrentHashMap<>();
    private final Map<Integer, Hash> answers = new ConcurrentHashMap<>();
    private int backups;
    private final AtomicInteger next = new AtomicInteger();
    private final List<String> broken = new CopyOnWriteArrayList<>();
    private volatile boolean peace;

    /**
     * What to break.
     *
     * @param kills how often a node is killed
     * @param nodes serving processes, more than one only on PostgreSQL
     * @param database address of an empty PostgreSQL database, or none for SQLite
     * @param seed of the random moments
     * @param outage something else that goes wrong now and then, told the number of the kill: the database stops, say
     * @param program the class path of the nodes
     */
    public record Options(int kills, int nodes, Optional<String> database, long seed, Outage outage, String program) {
        /** Nodes of this program. */
        public Options(int kills, int nodes, Optional<String> database, long seed, Outage outage) {
            this(kills, nodes, database, seed, outage, System.getProperty("java.class.path"));
        }
    }

    /** Something that goes wrong. */
    @FunctionalInterface
    public interface Outage {
        /** Goes wrong, and comes back. */
        void strike(int kill) throws Exception;
    }

    /**
     * What was seen.
     *
     * @param people who have their pass; @param kills nodes killed; @param reads of the register; @param sizes of it
     * @param filled how often the disk was full; @param backups taken and restored
     * @param broken promises that were broken, none if all is well
     */
    public record Seen(int people, int kills, int reads, int sizes, int filled, int backups, List<String> broken) {}

    /** @param tell told what happens, a line at a time */
    public Havoc(Options options, Consumer<String> tell) {
        this.options = options;
        this.tell = tell;
        this.random = new Random(options.seed);
    }

    /** Wreaks it, and looks at what is left. */
    public Seen run(Path folder) throws Exception {
        SecureRandom secure = new SecureRandom();
        String address = options.database.orElse(folder.resolve("office.db").toString());
        Crowd.found(folder, address, secure);
        Crowd crowd = Crowd.of(folder, address, 0, secure);
        crowd.enrol(PEOPLE);
        try {
            for (int i = 0; i < options.nodes; i++) {
                nodes.add(start(folder, address));
            }
            return wreak(folder, address, crowd);
        } finally {
            nodes.forEach(Node::close);
        }
    }

    private Node start(Path folder, String address) throws IOException {
        int ahead = random.nextInt(2 * WRONG_SECONDS + 1) - WRONG_SECONDS;
        return Node.start(folder, address, folder.resolve("node.log"), JAVA,
                List.of("--enable-native-access=ALL-UNNAMED", "-cp", options.program, WrongClock.class.getName(), Integer.toString(ahead)));
    }

    private List<InetSocketAddress> addresses() {
        return nodes.stream().map(Node::address).toList();
    }

    private Seen wreak(Path folder, String address, Crowd crowd) throws Exception {
        List<Thread> clients = new ArrayList<>();
        try (RegisterWatch watch = new RegisterWatch(this::addresses)) {
            for (int i = 0; i < CLIENTS; i++) {
                long seed = random.nextLong();
                clients.add(Thread.ofVirtual().start(() -> keepAsking(crowd, new Random(seed))));
            }
            Disk disk = new Disk();
            Hash epoch = epoch(folder, address);
            Backup backup = new Backup(folder, epoch);
            for (int kill = 1; kill <= options.kills; kill++) {
                untilBusy();
                if (kill % 2 == 0) {
                    grow(folder, address, kill);
                }
                if (kill % 3 == 2) {
                    disk.fill(nodes.getFirst().pid(), 200L + random.nextInt(300));
                }
                if (kill % 4 == 2) {
                    check(backup, folder);
                }
                if (kill % 5 == 2) {
                    options.outage.strike(kill);
                }
                untilBusy();
                killOne(folder, address, kill);
            }
            peace = true;
            for (Thread client : clients) {
                client.join();
            }
            compare(folder, address, epoch);
            if (broken.isEmpty()) {
                inPeace(crowd, this::askForAnother);
                inPeace(crowd, this::askAgain);
                compare(folder, address, epoch);
            }
            if (!watch.broken().isEmpty()) {
                broken.add(watch.broken());
            }
            return new Seen(answers.size(), options.kills, watch.reads(), watch.sizes(), disk.times(), backups, List.copyOf(broken));
        }
    }

    /** Waits until people are served, and a little more by chance: every kill is to hit an office at work. */
    private void untilBusy() throws InterruptedException {
        int before = answers.size();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (answers.size() == before && broken.isEmpty()) {
            if (System.nanoTime() > end) {
                broken.add("Nobody was served for " + PATIENCE.toSeconds() + " seconds while nodes ran.");
            }
            Thread.sleep(LOOK_MILLIS);
        }
        Thread.sleep(random.nextInt(LONGEST_PEACE_MILLIS));
    }

    private void killOne(Path folder, String address, int kill) throws IOException {
        Node victim = nodes.get(random.nextInt(nodes.size()));
        nodes.remove(victim);
        victim.kill();
        tell.accept("killed node " + victim.pid() + " (" + kill + " of " + options.kills + "), " + answers.size() + " people have their pass");
        nodes.add(start(folder, address));
    }

    /** A client takes one person after the other until the havoc is over. */
    private void keepAsking(Crowd crowd, Random own) {
        try (Persistent client = new Persistent(this::addresses, own)) {
            while (!peace) {
                int person = next.getAndIncrement();
                if (person % PEOPLE == PEOPLE / 2) {
                    enrolMore(crowd);
                }
                while (person >= crowd.size()) {
                    if (!broken.isEmpty()) {
                        return;
                    }
                    Thread.sleep(LOOK_MILLIS);
                }
                Person asking = person(crowd, person);
                answers.put(person, hash(client.pass(asking)));
                if (own.nextInt(4) == 0 && !hash(client.pass(asking)).equals(answers.get(person))) {
                    broken.add("The same request got other bytes.");
                }
            }
        } catch (Persistent.BrokenPromise e) {
            broken.add(e.getMessage());
        } catch (IOException e) {
            broken.add("A client could not go on: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** So that the crowd lasts, however long it takes: enrols as an operator does, who tries again when the store is busy or away. */
    private void enrolMore(Crowd crowd) throws IOException, InterruptedException {
        for (int size = crowd.size(); crowd.size() == size;) {
            try {
                crowd.enrol(PEOPLE);
            } catch (StoreException e) {
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    /** What a person sends, made when she is first needed, and the same ever after. */
    private Person person(Crowd crowd, int person) {
        return people.computeIfAbsent(person, crowd::person);
    }

    private interface Asking {
        void ask(Persistent client, Crowd crowd, int person, Hash answer) throws InterruptedException;
    }

    /** Everybody who has a pass asks once more, a few at a time. */
    private void inPeace(Crowd crowd, Asking asking) throws Exception {
        Queue<Map.Entry<Integer, Hash>> left = new ConcurrentLinkedQueue<>(answers.entrySet());
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            long seed = random.nextLong();
            clients.add(Thread.ofVirtual().start(() -> {
                try (Persistent client = new Persistent(this::addresses, new Random(seed))) {
                    for (Map.Entry<Integer, Hash> next = left.poll(); next != null; next = left.poll()) {
                        asking.ask(client, crowd, next.getKey(), next.getValue());
                    }
                } catch (Persistent.BrokenPromise | IOException e) {
                    broken.add(e.getMessage());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
    }

    private void askForAnother(Persistent client, Crowd crowd, int person, Hash answer) throws InterruptedException {
        if (person % GREEDY == 0) {
            Person asking = person(crowd, person);
            client.another(asking, asking.withCommitmentOf(person(crowd, (person + 1) % crowd.size())));
        }
    }

    private void askAgain(Persistent client, Crowd crowd, int person, Hash answer) throws InterruptedException {
        if (!hash(client.pass(person(crowd, person))).equals(answer)) {
            broken.add("After the havoc, the same request got other bytes.");
        }
    }

    private static Hash hash(String answer) {
        return Hash.sha256(answer.getBytes(StandardCharsets.UTF_8));
    }

    private static Hash epoch(Path folder, String address) throws IOException {
        try (Store store = Store.open(address, false)) {
            return open(folder, store).register().all(Epoch.class).filter(found -> !found.line().spare()).findFirst().orElseThrow().leaf();
        }
    }

    /** What the store holds: a row for each person who has a pass, with her commitment, and for nobody else. */
    private void compare(Path folder, String address, Hash epoch) {
        Set<Hash> expected = commitments(answers.keySet());
        try (Store store = Store.open(address, false)) {
            Set<Hash> rows = store.read(tables -> tables.commitments(epoch));
            Tables.Issued issued = store.read(tables -> tables.issued(epoch));
            if (!rows.equals(expected) || issued.issued() != expected.size() || issued.replaced() != 0) {
                Set<Hash> lost = new HashSet<>(expected);
                lost.removeAll(rows);
                broken.add("%d people have their pass; the store counts %d, and %d of theirs are not in it.".formatted(expected.size(), issued.issued(), lost.size()));
            }
        }
    }

    private Set<Hash> commitments(Set<Integer> served) {
        return served.stream().map(person -> people.get(person).commitmentHash()).collect(Collectors.toSet());
    }

    /** Takes a backup while people are served; whoever had a pass before it was begun must be in it. */
    private void check(Backup backup, Path folder) throws IOException, SQLException {
        Set<Hash> before = commitments(Set.copyOf(answers.keySet()));
        Set<Hash> in = options.database.isPresent() ? backup.ofDatabase(options.database.get()) : backup.ofFile(folder.resolve("office.db"));
        if (!in.containsAll(before)) {
            broken.add("A backup does not hold everybody who had a pass when it was begun.");
        }
        backups++;
    }

    private static Desk open(Path folder, Store store) throws IOException {
        return Desk.open(store, OperatorKey.read(folder.resolve("operator.key")), InstantSource.system(), new SecureRandom());
    }

    /** A command beside the nodes appends lines, as an operator does at any time. */
    private void grow(Path folder, String address, int kill) throws IOException {
        try (Store store = Store.open(address, false)) {
            Desk desk = open(folder, store);
            desk.addAsker("surge", Map.of("en", "Asker " + kill), List.of(0), List.of(0), List.of(),
                    InstantSource.system().instant().plusSeconds(86_400).truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.BUSY) {
                throw e;
            }
            tell.accept("a command beside the nodes was told to come again");
        }
    }
}
