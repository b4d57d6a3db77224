package org.safeconduct.app.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.safeconduct.app.wallet.Wallet;
import org.safeconduct.app.wallet.WalletFolder;
import org.safeconduct.core.pass.Pass;
import org.safeconduct.core.register.Office;
import org.safeconduct.core.register.Validity;
import org.safeconduct.crypto.MalformedException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the passes that are not over yet; those that are have been erased. */
@Command(name = "list", description = "The passes in this wallet. Those whose time is over are erased.",
    footer = {"", "Example:", "  safeconduct wallet list"})
final class WalletListCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private WalletOption wallet;

    WalletListCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, MalformedException {
        try (WalletFolder folder = wallet.open(context)) {
            Wording.doubtClock(folder, context);
            List<Wallet.Held> held = Wallet.held(folder, context.now());
            if (held.isEmpty()) {
                context.terminal().note("There is no pass in this wallet. `wallet get OFFER` fetches some.");
            }
            for (int i = 0; i < held.size(); i++) {
                try (Pass pass = held.get(i).open(folder)) {
                    line(i + 1, held.get(i), pass);
                }
            }
            return Exit.OK;
        }
    }

    private void line(int number, Wallet.Held held, Pass pass) {
        Office office = held.office().known().register().office();
        List<Integer> all = IntStream.range(0, pass.values().size()).boxed().toList();
        Validity validity = held.office().known().register().validity(held.epoch().leaf(), context.now());
        String state = switch (validity) {
            case VALID -> context.terminal().good("now    ");
            case EPOCH_NOT_YET -> context.terminal().quiet("coming ");
            default -> context.terminal().doubtful("stopped");
        };
        context.terminal().line("%2d  %s  %s  %s  %s".formatted(number, state, context.terminal().strong(Wording.text(held.scheme().line().names(), office, context)),
            Wording.span(held.epoch().line(), held.scheme().line()), Wording.values(held.scheme().line(), office, all, pass.values(), context)));
    }
}
