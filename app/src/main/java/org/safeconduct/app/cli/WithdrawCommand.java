package org.safeconduct.app.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Withdraws one person's right; the opposite of enrolling. */
@Command(name = "withdraw", description = "Withdraw a person's right: no further pass is issued.",
    footer = {"", "Passes that the wallet has fetched stay valid to the end of their epochs: there is no list of withdrawn passes that",
        "doors could ask, because an entry in it would be a name. An offer that was not redeemed is void at once.", "",
        "Example:", "  safeconduct withdraw --scheme errand-pass --person 'M. Rossi'"})
final class WithdrawCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private DataOption data;

    @Option(names = "--scheme", required = true, paramLabel = "ID", description = "The scheme.")
    private String id;

    @Option(names = "--person", required = true, paramLabel = "REF", description = "The person, as in the table of `enrol`.")
    private String person;

    WithdrawCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        try (DataOption.Opened office = data.open(context)) {
            SchemeCommand.find(office.desk().register(), id);
            office.desk().enrolment().withdraw(id, person);
            context.terminal().line(context.terminal().good("withdrawn") + ": no further pass of " + Terminal.plain(id) + " is issued to this person");
            context.terminal().note("Passes that were fetched before stay valid to the end of their epochs.");
            return Exit.OK;
        }
    }
}
