package org.safeconduct.app.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.safeconduct.app.authority.Authorities;
import org.safeconduct.core.register.Authority;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.register.Register;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The authority that warns visitors, together with a venue and never alone. */
@Command(name = "authority", description = "Warn visitors of a venue, together with the venue: neither can do it alone.",
    subcommands = AuthorityCaseCommand.class,
    footer = {"", "Example:", "  safeconduct authority init --id health-office --name en='Health office' --region town:en='Town of Example'"})
final class AuthorityCommand {
    private static final Pattern REGION = Pattern.compile("([^:]+):([^=]+)=(.+)");

    private final Context context;

    AuthorityCommand(Context context) {
        this.context = context;
    }

    @Command(name = "init", description = "Make the authority's keys and list it in the register. What is listed stays.",
        footer = {"", "Posters name a region by its place in this list, and a phone follows the warnings of its regions. The keys lie in the",
            "store under the operator's key: whoever holds both, and a venue's tracing sheet, opens visits to that venue.", "", "Example:",
            "  safeconduct authority init --id health-office --name en='Health office' --name de=Gesundheitsamt \\",
            "      --region north:en=North --region north:de=Nord --region south:en=South --region south:de=Süd --retention 14"})
    int init(@Mixin DataOption data,
             @Option(names = "--id", required = true, paramLabel = "ID", description = "A short name, as health-office.") String id,
             @Option(names = "--name", required = true, paramLabel = "LANG=TEXT", description = "Its name, in each of the office's languages.") Map<String, String> names,
             @Option(names = "--region", required = true, paramLabel = "ID:LANG=TEXT", description = "A region's name, in each of the office's languages; 1 to 64 regions.") List<String> regions,
             @Option(names = "--retention", defaultValue = "14", paramLabel = "DAYS", description = "How long phones keep visits, 1 to 30 days (${DEFAULT-VALUE}).") int retention)
            throws IOException {
        Map<String, Map<String, String>> byId = regions(regions);
        try (DataOption.Opened office = data.open(context)) {
            Placed<Authority> authority = Authorities.init(office.desk(), id, names, byId, retention);
            Register register = office.desk().register();
            Terminal terminal = context.terminal();
            terminal.line(terminal.good("listed ") + terminal.strong(Wording.text(authority.line().names(), register.office(), context)));
            terminal.line("  leaf        " + authority.leaf().hex() + terminal.quiet("   for posters"));
            terminal.line("  regions     " + String.join(", ", authority.line().regions().stream().map(region -> region.id()).toList()));
            terminal.line("  retention   " + Wording.count(authority.line().retention(), "day", "days"));
            terminal.line("  root words  " + register.words());
            terminal.note("Next: venues print posters for it; `authority case open` when a venue may have to be warned.");
            return Exit.OK;
        }
    }

    private static Map<String, Map<String, String>> regions(List<String> options) {
        Map<String, Map<String, String>> regions = new LinkedHashMap<>();
        for (String option : options) {
            Matcher region = REGION.matcher(option);
            if (!region.matches()) {
                throw CommandException.usage(Terminal.plain(option) + " is no region. Write it as town:en=Town.");
            }
            if (regions.computeIfAbsent(region.group(1), _ -> new LinkedHashMap<>()).put(region.group(2), region.group(3)) != null) {
                throw CommandException.usage(Terminal.plain(option) + " names this region in this language twice.");
            }
        }
        return regions;
    }
}
