package org.safeconduct.app.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;
import org.safeconduct.app.store.Tables;
import org.safeconduct.core.register.Epoch;
import org.safeconduct.core.wire.Hash;

/**
 * People fetch passes while the nodes are killed at random moments, connections are cut, the disk fills up and commands
 * write to the register; afterwards it is proved from the outside that nobody lost anything and nobody got anything twice.
 */
public final class Havoc {
    /** Nodes live for a second here: what makes them start sooner matters more than what makes them fast. */
    private static final List<String> JAVA = List.of("-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1");
    private static final int CLIENTS = 12;
    private static final int LONGEST_PEACE_MILLIS = 900;
    /** Everybody is asked once more at the end; so many of them also ask for other bytes. */
    private static final int GREEDY = 10;

    private final Options options;
    private final Consumer<String> tell;
    private final Random random;
    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    private final Map<Integer, Hash> answers = new ConcurrentHashMap<>();
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
     */
    public record Options(int kills, int nodes, Optional<String> database, long seed, Outage outage) {}

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
        Crowd crowd = Crowd.prepare(folder, address, 200 + 200 * options.kills, 0, secure, ready -> { });
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
        return Node.start(folder, address, folder.resolve("node.log"), JAVA);
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
            int backups = 0;
            for (int kill = 1; kill <= options.kills; kill++) {
                Thread.sleep(random.nextInt(LONGEST_PEACE_MILLIS));
                switch (kill % 5) {
                    case 1 -> grow(folder, address, kill);
                    case 2 -> disk.fill(nodes.getFirst().pid(), 200L + random.nextInt(300));
                    case 3 -> backups += options.database.isEmpty() ? backup(folder, kill) : 0;
                    case 4 -> options.outage.strike(kill);
                    default -> { }
                }
                killOne(folder, address, kill);
            }
            peace = true;
            for (Thread client : clients) {
                client.join();
            }
            askAgain(crowd);
            count(folder, address);
            if (!watch.broken().isEmpty()) {
                broken.add(watch.broken());
            }
            return new Seen(answers.size(), options.kills, watch.reads(), watch.sizes(), disk.times(), backups, List.copyOf(broken));
        }
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
                if (person >= crowd.people().size()) {
                    return;
                }
                String first = client.pass(crowd.people().get(person));
                answers.put(person, hash(first));
                if (own.nextInt(4) == 0 && !hash(client.pass(crowd.people().get(person))).equals(answers.get(person))) {
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

    /** In peace: everybody gets the same bytes again, and nobody a second pass. */
    private void askAgain(Crowd crowd) throws Exception {
        try (Persistent client = new Persistent(this::addresses, random)) {
            for (Map.Entry<Integer, Hash> entry : answers.entrySet()) {
                Person person = crowd.people().get(entry.getKey());
                if (!hash(client.pass(person)).equals(entry.getValue())) {
                    broken.add("After the havoc, the same request got other bytes.");
                }
                if (entry.getKey() % GREEDY == 0) {
                    client.another(person, person.withCommitmentOf(crowd.people().get((entry.getKey() + 1) % crowd.people().size())));
                }
            }
        } catch (Persistent.BrokenPromise e) {
            broken.add(e.getMessage());
        }
    }

    private static Hash hash(String answer) {
        return Hash.sha256(answer.getBytes(StandardCharsets.UTF_8));
    }

    /** What the store holds: one row for each person who has a pass, and for nobody else who finished. */
    private void count(Path folder, String address) throws IOException {
        try (Store store = Store.open(address, false)) {
            Hash epoch = open(folder, store).register().all(Epoch.class).filter(found -> !found.line().spare()).findFirst().orElseThrow().leaf();
            Tables.Issued issued = store.read(tables -> tables.issued(epoch));
            if (issued.issued() != answers.size() || issued.replaced() != 0) {
                broken.add("%d people have their pass, and the store counts %d.".formatted(answers.size(), issued.issued()));
            }
        }
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
        }
    }

    /** Takes a backup while people are served, and opens it as an office. */
    private int backup(Path folder, int kill) throws IOException, java.sql.SQLException {
        Path file = folder.resolve("backup-" + kill + ".db");
        try (java.sql.Connection connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("office.db"));
                java.sql.PreparedStatement statement = connection.prepareStatement("vacuum into ?")) {
            statement.setString(1, file.toString());
            statement.execute();
        }
        try (Store store = Store.open(file.toString(), false)) {
            open(folder, store).published().register();
        } finally {
            Files.deleteIfExists(file);
        }
        return 1;
    }
}
