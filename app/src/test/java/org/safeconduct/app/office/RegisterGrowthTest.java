package org.safeconduct.app.office;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.register.Acceptance;
import org.safeconduct.core.register.Build;
import org.safeconduct.core.register.Checkpoint;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Office;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Texts;
import org.safeconduct.core.wire.Ed25519Secret;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;

/**
 * What a register costs grows with its lines, not with their square. Bytes allocated are counted, which do not depend on how
 * busy the machine is: whatever copies, sorts or hashes all lines for each new one allocates for it.
 */
class RegisterGrowthTest {
    private static final int FEW = 5_000;
    private static final int MANY = 20_000;
    /** Four times the lines; a square would be sixteen times the bytes. */
    private static final double MOST = 5;

    private interface Work {
        void on(List<byte[]> lines) throws MalformedException;
    }

    private static long bytes(Work work, List<byte[]> lines) throws MalformedException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.on(lines);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
    private static final Ed25519Secret KEY = key(1);
    private static final Ed25519Secret COSIGN_KEY = key(2);

    private static Ed25519Secret key(int number) {
        try {
            return Ed25519Secret.fromSeed(Hash.sha256(new byte[] {(byte) number}).bytes());
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<byte[]> lines(int size) {
        List<byte[]> lines = new ArrayList<>();
        lines.add(new Office("Room 1", COSIGN_KEY.publicKey(), List.of("en"), new Texts(Map.of("en", "Town")), "example.org", KEY.publicKey()).json().print());
        while (lines.size() < size) {
            lines.add(new Build("wallet", Hash.sha256(new byte[] {1}), "1." + lines.size()).json().print());
        }
        return lines;
    }

    private static byte[] checkpoint(List<byte[]> lines) throws MalformedException {
        return Checkpoint.sign(Register.of(lines), KEY).cosign(COSIGN_KEY, NOW).print();
    }

    private static void assertGrowsWithItsLines(Work work) throws MalformedException {
        List<byte[]> all = lines(MANY);
        work.on(all.subList(0, 100));
        double ratio = (double) bytes(work, all) / bytes(work, all.subList(0, FEW));
        assertTrue(ratio < MOST, "four times the lines cost " + ratio + " times the bytes");
    }

    @Test
    void appendingLineByLineCostsTheSameForEachLine() throws MalformedException {
        assertGrowsWithItsLines(lines -> {
            Register register = Register.of(lines.subList(0, 9));
            for (byte[] line : lines.subList(9, lines.size())) {
                register = register.append(line);
                register.root();
            }
        });
    }

    @Test
    void meetingKeepingAndReadingARegisterCostsTheSameForEachLine() throws MalformedException {
        assertGrowsWithItsLines(lines -> {
            byte[] checkpoint = checkpoint(lines);
            Acceptance met = KnownRegister.first(lines, checkpoint, NOW);
            KnownRegister.parse(assertInstanceOf(Acceptance.Accepted.class, met).known().print());
        });
    }

    @Test
    void growingByADaysLinesCostsTheSameForEachLine() throws MalformedException {
        assertGrowsWithItsLines(lines -> {
            List<byte[]> early = lines.subList(0, 9);
            KnownRegister known = assertInstanceOf(Acceptance.Accepted.class,
                    KnownRegister.first(early, checkpoint(early), NOW)).known();
            Register all = Register.of(lines);
            // Each growth is compared with all lines held: ten of them, however many lines there are.
            for (int day = 1; day <= 10; day++) {
                List<byte[]> now = lines.subList(0, lines.size() * day / 10);
                known = assertInstanceOf(Acceptance.Accepted.class,
                        known.accept(now, checkpoint(now), NOW)).known();
            }
            assertTrue(known.register().root().equals(all.root()));
        });
    }
}
