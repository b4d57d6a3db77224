package org.safeconduct.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.cli.Terminal;
import org.safeconduct.core.pass.Checker;
import org.safeconduct.core.pass.Consent;
import org.safeconduct.core.pass.DoorSetup;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.pass.Pass;
import org.safeconduct.core.pass.Question;
import org.safeconduct.core.pass.Verdict;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.register.Scheme;

class InvitationTest {
    @TempDir
    private Path folder;
    private final DemoClock clock = new DemoClock(Instant.parse("2026-11-22T09:00:00Z"));
    private DemoTown town;

    @BeforeEach
    void open() throws Exception {
        DemoTown.found(folder.resolve("office"), clock, new SecureRandom());
        town = DemoTown.open(folder.resolve("office"), clock, new SecureRandom());
    }

    @AfterEach
    void close() {
        town.close();
    }

    private String printed(boolean apps) throws Exception {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        Invitation.of(town).print(Terminal.plain(writer, writer), apps, folder);
        return out.toString();
    }

    private static String one(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertTrue(found.find(), pattern + " in\n" + text);
        return found.group();
    }

    @Test
    void whatIsPrintedGetsAPassThatTheDoorAcceptsOnce() throws Exception {
        String said = printed(true);
        assertTrue(said.contains(town.address() + "/wallet/") && said.contains(town.address() + "/checker/"), said);
        KnownRegister known = town.known(Optional.empty());
        assertTrue(said.contains(known.register().officeWords()), said);
        town.get(folder.resolve("you"), Offer.parse(one("(?m)^SCO1:.*$", said)), known);
        DoorSetup door = DoorSetup.parse(one("(?m)^SCD1:.*$", said));
        assertEquals(town.address(), door.address());
        assertFalse(door.isSecret());
        assertTrue(door.fits(known.register()));
        Scheme errand = known.register().find(door.ask().scheme(), Scheme.class).orElseThrow().line();
        Checker checker = Checker.byDefault(Optional.of(known), List.of(door.ask().scheme()), true, List.of());
        try (Pass pass = town.pass(folder.resolve("you"), DemoTown.ERRAND)) {
            Question usual = Question.defaultOf(door.ask().scheme(), errand);
            Consent agreed = (Consent) Consent.of(usual, 0, pass, known, clock.instant());
            Verdict.Accepted accepted = assertInstanceOf(Verdict.Accepted.class,
                checker.check(pass.show(agreed, town.random()).text(), clock.instant()));
            accepted.stamp().ifPresent(checker::record);
            assertInstanceOf(Verdict.Refused.class, checker.check(pass.show(agreed, town.random()).text(), clock.instant()));
        }
    }

    @Test
    void theShellHasAnOfferOfItsOwn() throws Exception {
        String said = printed(true);
        assertFalse(one("(?m)^SCO1:.*$", said).equals(one("(?<=wallet get )SCO1:\\S+", said)));
    }

    @Test
    void aProgramBuiltWithoutTheAppsSaysSoAndNamesNoPageOfTheirs() throws Exception {
        String said = printed(false);
        assertTrue(said.contains("built without the apps"), said);
        assertFalse(said.contains("/wallet/") || said.contains("SCD1:"), said);
        assertTrue(said.contains("./safeconduct wallet get SCO1:"), said);
    }
}
