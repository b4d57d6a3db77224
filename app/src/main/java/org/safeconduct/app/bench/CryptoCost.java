package org.safeconduct.app.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.bbs.BbsScalar;
import org.safeconduct.crypto.bbs.BbsSecretKey;
import org.safeconduct.crypto.bbs.BlindCommitment;
import org.safeconduct.crypto.bbs.NymBbs;
import org.safeconduct.crypto.bbs.NymSecrets;

/** What one pass costs the office in the curve alone: reading the commitment, verifying it, signing. */
final class CryptoCost {
    private static final int ROUNDS = 1_500;

    private CryptoCost() {}

    /** Returns the processor microseconds of one pass of one attribute and one scope, warm, on this thread. */
    static double micros(SecureRandom random) {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        NymBbs bbs = NymBbs.of(1, 0, 1);
        byte[] dst = "measure".getBytes(StandardCharsets.US_ASCII);
        try (BbsSecretKey key = BbsSecretKey.random(random); NymSecrets secrets = NymSecrets.random(1, random)) {
            byte[] sent = bbs.commit(secrets, List.of(), random).commitment().toBytes();
            long begun = 0;
            for (int i = 0; i < 2 * ROUNDS; i++) {
                if (i == ROUNDS) {
                    begun = clock.getCurrentThreadCpuTime();
                }
                BlindCommitment commitment = BlindCommitment.parse(sent);
                bbs.verify(commitment);
                bbs.blindSign(key, commitment, sent, List.of(sent), BbsScalar.hash(sent, dst));
            }
            return (clock.getCurrentThreadCpuTime() - begun) / 1e3 / ROUNDS;
        } catch (MalformedException | VerificationException e) {
            throw new IllegalStateException("We made it.", e);
        }
    }
}
