package org.safeconduct.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.wallet.SafeFiles;
import org.safeconduct.core.register.Asker;
import org.safeconduct.core.register.Attribute;
import org.safeconduct.core.register.Named;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.register.Scheme;
import org.safeconduct.core.wire.Ed25519Secret;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Time;
import org.safeconduct.crypto.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Askers: who may ask for more than a scheme's default question. */
@Command(name = "asker", description = "Say who may ask for more than a scheme's default question.",
    footer = {"", "Example:", "  safeconduct asker add --scheme canteen --name en=Kitchen --name de=Küche --scopes lunch --out kitchen.asker"})
final class AskerCommand {
    private final Context context;

    AskerCommand(Context context) {
        this.context = context;
    }

    @Command(name = "add", description = "List an asker in the register, with what it may ask for, and make its key.",
        footer = {"", "Everybody can read who may ask for what. A wallet answers such a question only with the asker's signature.",
            "The key is written once, to --out, and kept nowhere else: hand it to whoever sets up the doors.", "", "Examples:",
            "  safeconduct asker add --scheme canteen --name en=Kitchen --name de=Küche \\",
            "      --scopes breakfast,lunch,dinner --doors Counter --out kitchen.asker",
            "  safeconduct asker add --scheme wildfire-re-entry --name en=Roadblocks --attributes first-name-letter,birthday \\",
            "      --scopes entry --doors 'North road,South road' --out roads.asker"})
    int add(@Mixin DataOption data,
            @Option(names = "--scheme", required = true, paramLabel = "ID", description = "The scheme.") String id,
            @Option(names = "--name", required = true, paramLabel = "LANG=TEXT", description = "Its name, in each of the office's languages.") Map<String, String> names,
            @Option(names = "--attributes", split = ",", paramLabel = "ID", description = "Attributes it may ask for.") List<String> attributes,
            @Option(names = "--scopes", split = ",", paramLabel = "ID", description = "Scopes it may ask a stamp for.") List<String> scopes,
            @Option(names = "--doors", split = ",", paramLabel = "NAME", description = "Its doors, so that a wallet can name them.") List<String> doors,
            @Option(names = "--until", paramLabel = "TIME", description = "Until when; the scheme's end, if left out.") String until,
            @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where its key goes; a new file.") Path out)
            throws IOException, MalformedException {
        if (Files.exists(out)) {
            throw CommandException.usage("There is something at " + Terminal.plain(out.toString()) + " already. A key is not overwritten; choose another file.");
        }
        SafeFiles.folder(out.toAbsolutePath().getParent());
        try (DataOption.Opened office = data.open(context)) {
            Placed<Scheme> scheme = SchemeCommand.find(office.desk().register(), id);
            Instant end = until == null ? scheme.line().sunset() : Time.parse(until);
            Desk.AskerAdded added = office.desk().addAsker(id, names, indexes(attributes, scheme.line().attributes(), Attribute::id, "attribute"),
                indexes(scopes, scheme.line().scopes(), Named::id, "scope"), doors == null ? List.of() : doors, end);
            SafeFiles.write(out, (new AskerFile(added.leaf(), added.key()).text() + "\n").getBytes(StandardCharsets.US_ASCII));
            context.terminal().line(context.terminal().good("listed ") + Terminal.plain(names.values().iterator().next()));
            context.terminal().line("  key      " + Terminal.plain(out.toString()));
            context.terminal().note("Next: `door setup --asker " + Terminal.plain(out.toString()) + " ...`.");
            return Exit.OK;
        }
    }

    @Command(name = "stop", description = "Stop an asker now or later: no wallet answers its questions from then on.",
        footer = {"", "For a key that was lost or misused. A stop cannot be taken back, and whoever reads the register reads why; list the",
            "asker anew for a new key.", "", "Example:",
            "  safeconduct asker stop --scheme canteen Kitchen --why en='Its key was lost.' --why de='Schlüssel verloren.'"})
    int stop(@Mixin DataOption data,
             @Option(names = "--scheme", required = true, paramLabel = "ID", description = "The scheme.") String id,
             @Parameters(paramLabel = "NAME", description = "The asker's name in any language, or the number that is shown if several have it.") String name,
             @Option(names = "--why", required = true, paramLabel = "LANG=TEXT", description = "Why, in each of the office's languages.") Map<String, String> why,
             @Option(names = "--from", paramLabel = "TIME", description = "From when on; now, if left out.") String from) throws IOException, MalformedException {
        try (DataOption.Opened office = data.open(context)) {
            Register register = office.desk().register();
            Placed<Scheme> scheme = SchemeCommand.find(register, id);
            Placed<Asker> asker = one(register, scheme, name);
            SchemeCommand.stop(context, office.desk(), asker.leaf(), Wording.text(asker.line().names(), register.office(), context), scheme.line(), why, from);
            return Exit.OK;
        }
    }

    /** The asker that is meant, by its name, or by its line's number where a name does not tell. */
    private static Placed<Asker> one(Register register, Placed<Scheme> scheme, String name) {
        List<Placed<Asker>> running = register.all(Asker.class).filter(asker -> asker.line().scheme().equals(scheme.leaf()))
            .filter(asker -> register.stop(asker.leaf()).isEmpty()).toList();
        List<Placed<Asker>> named = running.stream().filter(asker -> asker.line().names().byLanguage().containsValue(name)
            || Long.toString(asker.position()).equals(name)).toList();
        if (named.isEmpty()) {
            String all = String.join(", ", running.stream().map(asker -> Terminal.plain(String.join("/", asker.line().names().byLanguage().values()))).toList());
            throw CommandException.usage("The scheme has no asker " + Terminal.plain(name) + " that is not stopped. " + (all.isEmpty() ? "It has none." : "It has: " + all + "."));
        }
        if (named.size() > 1) {
            throw CommandException.usage("Several askers have this name. Give the number of the one that is meant: "
                + String.join(", ", named.stream().map(asker -> asker.position() + " (until " + Wording.day(asker.line().until(), scheme.line()) + ")").toList()) + ".");
        }
        return named.getFirst();
    }

    /** The indexes of some ids, ascending. */
    static <T> List<Integer> indexes(List<String> ids, List<T> items, Function<T, String> id, String what) {
        List<Integer> indexes = new ArrayList<>();
        List<String> known = items.stream().map(id).toList();
        for (String wanted : ids == null ? List.<String>of() : ids) {
            if (!known.contains(wanted)) {
                throw CommandException.usage("The scheme has no " + what + " " + Terminal.plain(wanted) + ". It has: " + String.join(", ", known) + ".");
            }
            indexes.add(known.indexOf(wanted));
        }
        return indexes.stream().distinct().sorted().toList();
    }

    /** An asker's key as a file. */
    record AskerFile(Hash leaf, Ed25519Secret key) {
        private static final int LONGEST = 1_000;

        String text() {
            return Json.object("asker", leaf, "seed", Hex.print(key.seed())).toString();
        }

        static AskerFile read(Path file) throws IOException {
            try {
                Map<String, Json> members = Json.parseLoosely(Files.readAllBytes(file), LONGEST).members("asker", "seed");
                return new AskerFile(Hash.parse(members.get("asker").string()),
                    Ed25519Secret.fromSeed(Hex.parse(members.get("seed").string(), Ed25519Secret.SEED_LENGTH)));
            } catch (MalformedException e) {
                throw CommandException.usage(Terminal.plain(file.toString()) + " is not an asker's key. Give the file that `asker add` wrote.");
            }
        }

        /** The asker's line, whose key must be this one. */
        Placed<Asker> line(Register register) {
            return register.find(leaf, Asker.class).filter(line -> line.line().key().equals(key.publicKey())).orElseThrow(() ->
                CommandException.usage("The register does not list this asker's key. Fetch the register with `wallet office update`, or take the right key file."));
        }

        @Override
        public String toString() {
            return "AskerFile[secret]";
        }
    }
}
