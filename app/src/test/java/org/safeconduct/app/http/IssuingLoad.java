package org.safeconduct.app.http;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.pass.PendingPass;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.bbs.BbsScalar;
import org.safeconduct.crypto.bbs.BbsSecretKey;
import org.safeconduct.crypto.bbs.BlindCommitment;
import org.safeconduct.crypto.bbs.NymBbs;

/**
 * Measures how many people a second get a pass: each redeems an offer and asks for one pass, over keep-alive connections
 * and into a durable store, the generator on the same cores. Arguments: people, connections. Requests are made before the
 * clock starts, because in life other machines make them.
 */
public final class IssuingLoad {
    private IssuingLoad() {}

    /** Everything one person sends. */
    private record Person(byte[] token, byte[] body) {}

    /** Runs the measurement and prints one line. */
    public static void main(String[] arguments) throws Exception {
        int people = Integer.parseInt(arguments[0]);
        int connections = Integer.parseInt(arguments[1]);
        Path folder = Files.createTempDirectory("issuing-load");
        try (TestOffice office = new TestOffice(folder, TestOffice.SCHEME.replace("\"daily_cap\": 40", "\"daily_cap\": 100000000"))) {
            List<Person> prepared = prepare(office, people);
            int warm = people / 4;
            limit(office.register(), office.epochs().getFirst());
            run(office, prepared.subList(0, warm), connections);
            OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long cpu = machine.getProcessCpuTime();
            long start = System.nanoTime();
            long[] latencies = run(office, prepared.subList(warm, people), connections);
            double seconds = (System.nanoTime() - start) / 1e9;
            cpu = machine.getProcessCpuTime() - cpu;
            Arrays.sort(latencies);
            System.out.printf("people %d, connections %d: %.0f people a second, %.0f us of processor for each; both requests of one: "
                    + "median %.1f ms, 99 %% %.1f ms%n", people - warm, connections, (people - warm) / seconds,
                    cpu / 1e3 / (people - warm), latencies[latencies.length / 2] / 1e6, latencies[latencies.length * 99 / 100] / 1e6);
        }
    }

    /** The curve alone, on one thread: a commitment read and verified, a signature over one message and two secrets. */
    private static void limit(Register register, Hash epoch) throws Exception {
        NymBbs bbs = NymBbs.of(1, 0, 2);
        List<byte[]> message = List.of("staff".getBytes(StandardCharsets.UTF_8));
        BbsScalar entropy = BbsScalar.random(TestOffice.RANDOM);
        List<byte[]> commitments = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            try (PendingPass pending = PendingPass.create(register, epoch, TestOffice.RANDOM)) {
                commitments.add(pending.request().commitment().toBytes());
            }
        }
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        try (BbsSecretKey key = BbsSecretKey.random(TestOffice.RANDOM)) {
            long cpu = 0;
            for (int i = 0; i < commitments.size(); i++) {
                if (i == commitments.size() / 2) {
                    cpu = thread.getCurrentThreadCpuTime();
                }
                bbs.blindSign(key, BlindCommitment.parse(commitments.get(i)), epoch.bytes(), message, entropy);
            }
            System.out.printf("the curve alone: %.0f us of processor for each%n",
                    (thread.getCurrentThreadCpuTime() - cpu) / 1e3 / (commitments.size() / 2));
        }
    }

    private static List<Person> prepare(TestOffice office, int people) throws Exception {
        String[] names = IntStream.range(0, people).mapToObj(i -> "person" + i).toArray(String[]::new);
        Map<String, Offer> offers = office.enrol(names);
        Register register = office.register();
        Hash epoch = office.epochs().getFirst();
        return Arrays.stream(names).parallel().map(name -> {
            TestOffice.Wallet wallet = TestOffice.Wallet.create();
            try (PendingPass pending = PendingPass.create(register, epoch, TestOffice.RANDOM)) {
                String form = TestOffice.form(offers.get(name), Optional.empty(), wallet);
                return new Person(Wire.post("/token", "Content-Type: " + TestOffice.FORM, form.getBytes(StandardCharsets.US_ASCII)),
                        TestOffice.body(wallet, pending).getBytes(StandardCharsets.US_ASCII));
            }
        }).toList();
    }

    private static long[] run(TestOffice office, List<Person> people, int connections) throws Exception {
        long[] latencies = new long[people.size()];
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int c = 0; c < connections; c++) {
                done.add(threads.submit(() -> {
                    try (Wire wire = new Wire(office.server.port())) {
                        for (int i = next.getAndIncrement(); i < people.size(); i = next.getAndIncrement()) {
                            long start = System.nanoTime();
                            wire.write(people.get(i).token());
                            String answer = answer(wire);
                            int at = answer.indexOf("access_token\":\"") + 15;
                            String token = answer.substring(at, answer.indexOf('"', at));
                            wire.write(Wire.post("/credential", "Content-Type: application/json\r\nAuthorization: Bearer " + token,
                                    people.get(i).body()));
                            answer(wire);
                            latencies[i] = System.nanoTime() - start;
                        }
                    }
                    return null;
                }));
            }
        }
        for (Future<?> future : done) {
            future.get();
        }
        return latencies;
    }

    /** Reads one answer; anything but 200 ends the measurement. */
    private static String answer(Wire wire) throws IOException {
        Wire.Answer answer = wire.read();
        if (answer.status() != 200) {
            throw new IOException(answer.toString());
        }
        return answer.body();
    }
}
