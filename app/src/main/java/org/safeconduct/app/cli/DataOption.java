package org.safeconduct.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OfficeClock;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;
import picocli.CommandLine.Option;

/** {@code --data}, {@code --store}, {@code --key}: where an office keeps what it must. */
final class DataOption {
    @Option(names = "--data", paramLabel = "DIR", description = "The office's folder (default: $SAFECONDUCT_DATA, else ./safeconduct-data).")
    private Path folder;

    @Option(names = "--store", paramLabel = "ADDRESS",
        description = "A PostgreSQL store instead of the one in the folder: postgresql://USER:PASSWORD@HOST/DATABASE. "
            + "Others on this machine can read a password given here; $SAFECONDUCT_STORE is the default.")
    private String store;

    @Option(names = "--key", paramLabel = "FILE",
        description = "The operator's key (default: operator.key in the folder; $" + OperatorKey.VARIABLE + " holds the key itself).")
    private Path key;

    @Option(names = "--clock-is-right", description = "This machine's clock is right, although the office signed nothing for more than 400 days.")
    private boolean clockIsRight;

    /** An office that is open. */
    record Opened(Store store, Desk desk) implements AutoCloseable {
        @Override
        public void close() {
            store.close();
        }
    }

    /** The folder that is meant. */
    Path folder(Context context) {
        String named = context.environment().get("SAFECONDUCT_DATA");
        return folder != null ? folder : named != null && !named.isEmpty() ? Path.of(named) : Path.of("safeconduct-data");
    }

    /** The file of the operator's key, in the folder unless it was named. */
    Path keyFile(Path inFolder) {
        return key != null ? key : inFolder.resolve("operator.key");
    }

    /** The store's address, in the folder unless it was named. */
    String storeAddress(Context context, Path inFolder) {
        String named = context.environment().get("SAFECONDUCT_STORE");
        return store != null ? store : named != null && !named.isEmpty() ? named : inFolder.resolve("office.db").toString();
    }

    /** True if the store is not a file in the folder. */
    boolean isElsewhere(Context context) {
        return !storeAddress(context, Path.of("")).equals("office.db");
    }

    /** Opens the office, its clock checked against what the office has signed before. */
    Opened open(Context context) throws IOException {
        Path place = folder(context);
        if (!isElsewhere(context) && Files.notExists(place.resolve("office.db"))) {
            throw CommandException.usage("There is no office in " + place + " yet. Set one up with `office init`, or say where it is with --data.");
        }
        OperatorKey operator = OperatorKey.find(context.environment(), keyFile(place));
        Store opened = Store.open(storeAddress(context, place), false);
        try {
            OfficeClock.check(context.now());
            Desk desk = Desk.open(opened, operator, context.clock(), context.random());
            if (clockIsRight) {
                desk.clock().believe();
            }
            desk.clock().instant();
            return new Opened(opened, desk);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }
}
