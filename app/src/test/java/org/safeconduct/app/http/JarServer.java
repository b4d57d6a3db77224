package org.safeconduct.app.http;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OperatorKey;
import org.safeconduct.app.store.Store;

/** An office's server in a process of its own: prints its port, and ends when its input does. */
final class JarServer {
    private JarServer() {}

    /** Argument: the folder of the office, made if it is not there. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        SecureRandom random = new SecureRandom();
        boolean fresh = Files.notExists(folder.resolve("office.db"));
        try (Store store = Store.open(folder.resolve("office.db").toString(), fresh)) {
            Desk desk = fresh ? Desk.init(store, OperatorKey.create(folder.resolve("operator.key"), random), InstantSource.system(), random,
                    Map.of("en", "Works"), List.of("en"), "Room 1", "example.org")
                    : Desk.open(store, OperatorKey.read(folder.resolve("operator.key")), InstantSource.system(), random);
            try (OfficeServer server = OfficeServer.start(store, desk, "127.0.0.1", 0, Optional.empty())) {
                System.out.println(server.port());
                System.in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }
}
