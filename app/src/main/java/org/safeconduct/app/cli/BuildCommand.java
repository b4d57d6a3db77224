package org.safeconduct.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.safeconduct.app.http.AppBuild;
import org.safeconduct.app.wallet.OfficeClient;
import org.safeconduct.app.wallet.OfficeRefusal;
import org.safeconduct.core.register.Build;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which apps an office hands out: said in the register, and compared by whoever wants to. */
@Command(name = "build", description = "Say in the register which apps are handed out, or compare what an office hands out.",
    footer = {"", "Examples:", "  safeconduct build publish", "  safeconduct build compare https://passes.example.org"})
final class BuildCommand {
    private final Context context;

    BuildCommand(Context context) {
        this.context = context;
    }

    @Command(name = "list", description = "The apps of this program, with their digests.",
        footer = {"", "Examples:", "  safeconduct build list", "  safeconduct build list --files"})
    int list(@Option(names = "--files", description = "With every file and its hash: the list that the digest is of.") boolean files) {
        for (AppBuild build : builds()) {
            context.terminal().line("%-8s %s  (%s)".formatted(build.app(), build.digest().hex(), Wording.count(build.files().size(), "file", "files")));
            if (files) {
                build.list().lines().forEach(line -> context.terminal().line("  " + line));
            }
        }
        return Exit.OK;
    }

    @Command(name = "publish", description = "Name the apps of this program in the register. What is named stays.",
        footer = {"", "Do it before they are served: `serve` says so if they are not named.", "", "Example:", "  safeconduct build publish"})
    int publish(@Mixin DataOption data) throws IOException {
        List<AppBuild> builds = builds();
        try (DataOption.Opened office = data.open(context)) {
            for (AppBuild build : builds) {
                boolean named = isNamed(office.desk().register(), build);
                if (!named) {
                    office.desk().publish(_ -> new Build(build.app(), build.digest(), Main.VERSION), (_, _) -> { });
                }
                context.terminal().line((named ? "named already: " : context.terminal().good("named: ")) + build.app() + "  " + build.digest().hex());
            }
            return Exit.OK;
        }
    }

    @Command(name = "compare", description = "Fetch the apps that an office hands out, and compare them with its register and with this program's.",
        footer = {"", "It compares what it is served itself. What somebody else is served can only be compared there; ask from",
            "several places. A program of another version has other files.", "", "Example:", "  safeconduct build compare https://passes.example.org"})
    int compare(@Parameters(paramLabel = "ADDRESS", description = "https://HOST[:PORT]") String address)
            throws IOException, InterruptedException, OfficeRefusal, MalformedException {
        boolean same = true;
        String bare = OfficeClient.address(address);
        Register register = RegisterCommand.fetch(context, bare).register();
        try (OfficeClient client = WalletOfficeCommand.client(context, bare)) {
            for (AppBuild build : builds()) {
                List<String> others = others(client, build);
                Terminal terminal = context.terminal();
                terminal.line("%-8s %s  %s; %s".formatted(build.app(), build.digest().hex(),
                    others.isEmpty() ? terminal.good("served as in this program") : terminal.bad("not served as in this program: " + String.join(", ", others)),
                    isNamed(register, build) ? terminal.good("named in the register") : terminal.bad("not named in the register")));
                same &= others.isEmpty() && isNamed(register, build);
            }
        }
        return same ? Exit.OK : Exit.REFUSED;
    }

    /** What is served otherwise: a file, or the folder, which is what a browser opens. */
    private static List<String> others(OfficeClient client, AppBuild build) throws InterruptedException {
        SortedMap<String, Hash> served = new TreeMap<>(build.files());
        served.put("", build.files().get(AppBuild.START));
        List<String> others = new ArrayList<>();
        for (Map.Entry<String, Hash> file : served.entrySet()) {
            String path = build.app() + "/" + file.getKey();
            if (!isServed(client, path, file.getValue())) {
                others.add(path);
            }
        }
        return others;
    }

    private static boolean isServed(OfficeClient client, String path, Hash hash) throws InterruptedException {
        try {
            return Hash.sha256(client.app(path)).equals(hash);
        } catch (OfficeRefusal e) {
            return false;
        } catch (IOException e) {
            throw CommandException.cannot(path + " was not answered, so nothing is said of what is served. See that the network is there, and try again.", e);
        }
    }

    /** Whether the register names exactly this build of this app. */
    static boolean isNamed(Register register, AppBuild build) {
        return register.all(Build.class).anyMatch(line -> line.line().app().equals(build.app()) && line.line().digest().equals(build.digest()));
    }

    private static List<AppBuild> builds() {
        List<AppBuild> builds = AppBuild.ofProgram();
        if (builds.isEmpty()) {
            throw CommandException.cannot("This program was built without the apps (Node was missing). Build it again with Node 20.");
        }
        return builds;
    }
}
