package org.safeconduct.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;
import org.safeconduct.core.pass.Checker;
import org.safeconduct.core.pass.Consent;
import org.safeconduct.core.pass.Pass;
import org.safeconduct.core.pass.Question;
import org.safeconduct.core.pass.Verdict;
import org.safeconduct.core.register.Acceptance;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;

/** What a door checks, on one thread and without any server: showings of passes that a node has just issued. */
final class Doors {
    private static final int SHOWINGS = 2_000;
    private static final int WARM_UP = 500;

    private Doors() {}

    /** @param folder with the operator's key; @param store its address; @param passes of the running epoch */
    static List<Row> measure(Path folder, String store, List<Pass> passes, SecureRandom random) throws IOException {
        KnownRegister known = known(folder, store, random);
        Placed<Scheme> scheme = known.register().all(Scheme.class).findFirst().orElseThrow();
        Question question = Question.defaultOf(scheme.leaf(), scheme.line());
        Checker checker = Checker.byDefault(Optional.of(known), List.of(scheme.leaf()), false, List.of());
        long[] micros = new long[SHOWINGS];
        long shown = 0;
        for (int i = -WARM_UP; i < SHOWINGS; i++) {
            // A code is accepted once and for two minutes, so each is made when it is its turn.
            Pass pass = passes.get(Math.floorMod(i, passes.size()));
            long begun = System.nanoTime();
            String code = pass.show((Consent) Consent.of(question, 0, pass, known, Instant.now()), random).text();
            long made = System.nanoTime();
            if (!(checker.check(code, Instant.now()) instanceof Verdict.Accepted)) {
                throw new IOException("A door did not accept a pass that was issued.");
            }
            if (i >= 0) {
                micros[i] = (System.nanoTime() - made) / 1000;
                shown += made - begun;
            }
        }
        Arrays.sort(micros);
        List<Row> rows = new ArrayList<>();
        rows.add(Row.plain("showings that a door checks on one core, no server", SHOWINGS * 1e6 / Arrays.stream(micros).sum(), "showings/s"));
        rows.add(Row.plain("  from code to verdict, p99", micros[SHOWINGS * 99 / 100] / 1e3, "ms"));
        rows.add(Row.plain("  making one, as a wallet of this program does", shown / 1e6 / SHOWINGS, "ms"));
        return rows;
    }

    private static KnownRegister known(Path folder, String address, SecureRandom random) throws IOException {
        try (Store store = Store.open(address, false)) {
            Desk desk = Desk.open(store, OperatorKey.read(folder.resolve("operator.key")), InstantSource.system(), random);
            Register register = desk.register();
            List<byte[]> lines = IntStream.range(0, register.size()).mapToObj(register::bytes).toList();
            return ((Acceptance.Accepted) KnownRegister.first(lines, desk.published().checkpoint(), Instant.now())).known();
        }
    }
}
