package org.safeconduct.app.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.safeconduct.app.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: every command is a class of this package, listed here. */
@Command(name = "safeconduct", version = "safeconduct " + Main.VERSION, sortOptions = false, sortSynopsis = false,
    synopsisHeading = "", customSynopsis = "safeconduct COMMAND ...%n",
    description = "QR passes and venue check-ins that leave no trail.%n",
    footer = {"", "`safeconduct COMMAND --help` shows a command's options and examples.", "`safeconduct demo` tells the whole story in twenty seconds."})
public final class Main implements Runnable {
    static final String VERSION = "0.1.0";
    private static final List<Class<?>> COMMANDS = List.of(
        DemoCommand.class, OfficeCommand.class, SchemeCommand.class, EnrolCommand.class, OfferCommand.class, WithdrawCommand.class,
        EpochCommand.class, AskerCommand.class, AuthorityCommand.class, ServeCommand.class,
        WalletCommand.class, DoorCommand.class, CheckCommand.class, RegisterCommand.class, BuildCommand.class,
        ConformanceCommand.class, BenchCommand.class, CompletionCommand.class);

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Show this help.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version.")
    private boolean version;

    @Option(names = "--details", scope = ScopeType.INHERIT, description = "If something fails, show where in the program.")
    private boolean details;

    @Spec
    private CommandSpec spec;

    /** Runs a command and ends with its number ({@link Exit}). */
    public static void main(String[] arguments) {
        main(InstantSource.system(), arguments);
    }

    /** As {@link #main(String[])}, on a machine that has this time. */
    public static void main(InstantSource clock, String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        Quiet.logs();
        PrintWriter out = utf8(System.out);
        PrintWriter err = utf8(System.err);
        Context context = new Context(Terminal.ofProcess(out, err, System.getenv()),
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), System.getenv(),
            Path.of(System.getProperty("user.home", ".")), clock, new SecureRandom());
        int exit = run(context, out, err, arguments);
        out.flush();
        err.flush();
        System.exit(exit);
    }

    /** UTF-8 whatever the locale says: a code in half blocks must not become question marks. */
    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), false);
    }

    /** Runs a command inside this process; nothing is read from or written to but the context and the writers. */
    static int run(Context context, PrintWriter out, PrintWriter err, String... arguments) {
        return commandLine(context, asked(arguments)).setOut(out).setErr(err).execute(arguments);
    }

    /** The one command whose name stands first: reading the options of all of them is a third of a short command's time. */
    private static List<Class<?>> asked(String... arguments) {
        return COMMANDS.stream().filter(type -> arguments.length > 0 && type.getAnnotation(Command.class).name().equals(arguments[0]))
            .findFirst().<List<Class<?>>>map(List::of).orElse(COMMANDS);
    }

    /** The whole tree of commands. */
    static CommandLine commandLine(Context context) {
        return commandLine(context, COMMANDS);
    }

    private static CommandLine commandLine(Context context, List<Class<?>> commands) {
        CommandLine line = new CommandLine(Main.class, factory(context));
        commands.forEach(line::addSubcommand);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
            context.terminal().colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        // A code may begin with any letter of its alphabet, an @ of a name is no file.
        line.setExpandAtFiles(false);
        line.setUsageHelpWidth(120);
        line.setUsageHelpAutoWidth(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionStrategy(parsed -> {
            try {
                return new CommandLine.RunLast().execute(parsed);
            } catch (LinkageError e) {
                // What is missing on this machine is for its operator to know, not a fault of ours.
                throw new CommandLine.ExecutionException(parsed.commandSpec().commandLine(), "not linked", new IllegalStateException(e));
            }
        });
        line.setExecutionExceptionHandler((thrown, failed, _) -> {
            CommandException failure = Failures.explain(thrown);
            context.terminal().note(context.terminal().bad(failure.getMessage()));
            if (failed.getParseResult().commandSpec().root().commandLine().<Main>getCommand().details) {
                thrown.printStackTrace(failed.getErr());
                failed.getErr().flush();
            }
            return failure.exit();
        });
        line.setParameterExceptionHandler((wrong, _) -> explainUsage(wrong, context.terminal()));
        return line;
    }

    private static int explainUsage(ParameterException wrong, Terminal terminal) {
        String name = wrong.getCommandLine().getCommandSpec().qualifiedName();
        StringBuilder suggestion = new StringBuilder();
        if (wrong instanceof UnmatchedArgumentException unmatched && !unmatched.getSuggestions().isEmpty()) {
            suggestion.append(" Did you mean ").append(String.join(" or ", unmatched.getSuggestions())).append('?');
        }
        boolean unfinished = wrong.getMessage().startsWith("Missing required subcommand");
        String sentence = unfinished ? "Say what to do: " + String.join(", ", wrong.getCommandLine().getSubcommands().keySet()) + "." : wrong.getMessage();
        terminal.note(terminal.bad(Terminal.plain(sentence)) + suggestion);
        terminal.note("`" + name + " --help` shows how it is used.");
        return Exit.USAGE;
    }

    /** Gives every command the context, through its only constructor. */
    private static IFactory factory(Context context) {
        IFactory usual = CommandLine.defaultFactory();
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                    if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Context.class) {
                        constructor.setAccessible(true);
                        return type.cast(constructor.newInstance(context));
                    }
                }
                return usual.create(type);
            }
        };
    }

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
