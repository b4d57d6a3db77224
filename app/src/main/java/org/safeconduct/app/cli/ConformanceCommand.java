package org.safeconduct.app.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.safeconduct.crypto.bbs.FixtureCheck;
import org.safeconduct.crypto.bbs.FixtureCheck.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs vector files of the three BBS drafts against this implementation. */
@Command(name = "conformance", description = "Run vector files of the BBS, Blind BBS and pseudonym drafts: a line for each, and a sum.",
    footer = {"", "What a file is, is told from its content. The exit code is 0 only if none failed and at least one ran.",
        "", "Example:", "  safeconduct conformance ../shared/vectors"})
final class ConformanceCommand implements Callable<Integer> {
    private static final JsonFactory FACTORY = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final Context context;

    @Parameters(paramLabel = "DIR", description = "A folder with .json files, searched in depth; or one file.")
    private Path folder;

    ConformanceCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".json") && Files.isRegularFile(file)).sorted().toList();
        }
        FixtureCheck check = new FixtureCheck();
        int passed = 0;
        int failed = 0;
        for (Path file : files) {
            Outcome outcome = check(check, file);
            switch (outcome.result()) {
                case PASSED -> passed++;
                case FAILED -> failed++;
                case DATA_ONLY -> { }
            }
            print(file, outcome);
        }
        context.terminal().line(passed + " passed, " + failed + " failed");
        if (passed + failed == 0) {
            throw CommandException.refused("No vector file was found in " + folder + ". Give the folder that holds them.");
        }
        return failed == 0 ? Exit.OK : Exit.REFUSED;
    }

    private static Outcome check(FixtureCheck check, Path file) {
        try (JsonParser parser = FACTORY.createParser(Files.readAllBytes(file))) {
            parser.nextToken();
            Object value = read(parser);
            return parser.nextToken() == null ? check.check(value) : new Outcome(FixtureCheck.Result.FAILED, "something follows the JSON value");
        } catch (IOException e) {
            return new Outcome(FixtureCheck.Result.FAILED, "not a JSON file that can be read");
        }
    }

    private void print(Path file, Outcome outcome) {
        Terminal terminal = context.terminal();
        String mark = switch (outcome.result()) {
            case PASSED -> terminal.good("passed");
            case FAILED -> terminal.bad("FAILED");
            case DATA_ONLY -> terminal.quiet("data  ");
        };
        Path name = Files.isDirectory(folder) ? folder.relativize(file) : file.getFileName();
        terminal.line(mark + "  " + Terminal.plain(name.toString()) + "  " + terminal.quiet(Terminal.plain(outcome.reason())));
    }

    /** Vector files hold any JSON, not the narrow one of the register. */
    private static Object read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, read(parser));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(parser));
                }
                yield items;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NULL -> null;
            case null, default -> throw new IOException("no JSON value");
        };
    }
}
