package org.safeconduct.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.app.cli.Cli.Said;
import picocli.CommandLine;

class MainTest {
    @TempDir
    private Path home;
    private Cli cli;

    @BeforeEach
    void open() {
        cli = new Cli(home);
    }

    @Test
    void withoutACommandItSaysWhatThereIs() {
        Said said = cli.run();
        assertEquals(Exit.OK, said.exit());
        assertTrue(said.out().contains("conformance"), said.all());
    }

    @Test
    void aMistypedCommandGetsASentenceAndASuggestion() {
        Said said = cli.run("conformanc", "x");
        assertEquals(Exit.USAGE, said.exit());
        assertTrue(said.err().contains("conformance") && said.err().contains("--help"), said.all());
        assertFalse(said.all().contains("Exception"), said.all());
    }

    @Test
    void anUnknownOptionGetsASentence() {
        Said said = cli.run("conformance", "--no-such-option", "x");
        assertEquals(Exit.USAGE, said.exit());
        assertTrue(said.err().contains("--no-such-option"), said.all());
    }

    @Test
    void everyCommandHasHelpWithADescriptionAndAnExample() {
        for (List<String> path : leaves(Main.commandLine(context()), List.of())) {
            List<String> arguments = new ArrayList<>(path);
            arguments.add("--help");
            Said said = cli.run(arguments.toArray(String[]::new));
            assertEquals(Exit.OK, said.exit(), path + said.all());
            assertTrue(said.out().contains("Example"), path + " shows no example");
            assertFalse(said.out().isBlank());
        }
    }

    @Test
    void noExampleIsBrokenByTheWidthOfTheHelp() {
        for (List<String> path : leaves(Main.commandLine(context()), List.of())) {
            CommandLine command = Main.commandLine(context());
            for (String name : path) {
                command = command.getSubcommands().get(name);
            }
            for (String line : command.getCommandSpec().usageMessage().footer()) {
                assertTrue(line.length() < command.getUsageHelpWidth() - 1, line);
            }
        }
    }

    @Test
    void completionKnowsEveryCommand() {
        Said said = cli.run("completion");
        assertEquals(Exit.OK, said.exit());
        for (List<String> path : leaves(Main.commandLine(context()), List.of())) {
            assertTrue(said.out().contains(path.getLast()), path.toString());
        }
    }

    private Context context() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return new Context(Terminal.plain(nowhere, nowhere), null, Map.of(), home, Instant::now, null);
    }

    private static List<List<String>> leaves(CommandLine line, List<String> path) {
        if (line.getSubcommands().isEmpty()) {
            return List.of(path);
        }
        List<List<String>> all = new ArrayList<>();
        line.getSubcommands().forEach((name, sub) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            all.addAll(leaves(sub, longer));
        });
        return all;
    }
}
