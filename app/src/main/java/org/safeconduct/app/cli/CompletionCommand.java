package org.safeconduct.app.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** Prints the completion script for bash and zsh. */
@Command(name = "completion", description = "Print a completion script for bash (and zsh after `autoload -U bashcompinit; bashcompinit`).",
    footer = {"", "Examples:", "  source <(./safeconduct completion)",
        "  ./safeconduct completion > ~/.local/share/bash-completion/completions/safeconduct"})
final class CompletionCommand implements Callable<Integer> {
    private final Context context;

    CompletionCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.terminal().line(AutoComplete.bash("safeconduct", Main.commandLine(context)));
        return Exit.OK;
    }
}
