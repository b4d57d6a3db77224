package org.safeconduct.app.wallet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in a wallet's folder, and what does not. */
class WalletFolderTest {
    @TempDir
    Path home;

    @Test
    void whatACrashLeftBesideIsErasedWhenTheWalletIsOpenedAgain() throws IOException {
        Path wallet = home.resolve("wallet");
        WalletFolder.open(wallet).close();
        Path right = wallet.resolve("rights").resolve("a");
        SafeFiles.write(right.resolve("right"), new byte[] {1});
        // As SafeFiles.write leaves it when the power goes between the two steps.
        Path left = Files.createTempFile(right, ".new-", null);
        Files.write(left, new byte[] {2});
        WalletFolder.open(wallet).close();
        assertTrue(Files.notExists(left));
        assertTrue(Files.exists(right.resolve("right")));
    }

    @Test
    void everythingIsForItsOwnerAlone() throws IOException {
        Path wallet = home.resolve("wallet");
        WalletFolder.open(wallet).close();
        SafeFiles.write(wallet.resolve("rights").resolve("a").resolve("right"), new byte[] {1});
        try (Stream<Path> all = Files.walk(wallet)) {
            List<String> modes = all.map(path -> {
                try {
                    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path)).substring(3);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }).distinct().toList();
            assertEquals(List.of("------"), modes);
        }
    }
}
