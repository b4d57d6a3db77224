package org.safeconduct.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.safeconduct.app.wallet.WalletFolder;
import picocli.CommandLine.Option;

/** {@code --wallet}: where passes and known registers lie. */
final class WalletOption {
    @Option(names = "--wallet", paramLabel = "DIR",
        description = "The wallet's folder (default: $SAFECONDUCT_WALLET, else ~/.safeconduct/wallet).")
    private Path folder;

    /** The folder that is meant. */
    Path folder(Context context) {
        String named = context.environment().get("SAFECONDUCT_WALLET");
        return folder != null ? folder : named != null && !named.isEmpty() ? Path.of(named)
            : context.home().resolve(".safeconduct").resolve("wallet");
    }

    /** Opens the wallet, made if it is not there. */
    WalletFolder open(Context context) throws IOException {
        return WalletFolder.open(folder(context));
    }
}
