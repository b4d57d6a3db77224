package org.safeconduct.app.cli;

import picocli.CommandLine.Command;

/** What a holder does. */
@Command(name = "wallet", description = "Hold passes and show them.",
    subcommands = {WalletOfficeCommand.class, WalletGetCommand.class, WalletListCommand.class, WalletShowCommand.class},
    footer = {"", "Examples:", "  safeconduct wallet office add https://passes.example.org",
        "  safeconduct wallet get SCO1:7F3K-...", "  safeconduct wallet show"})
final class WalletCommand {}
