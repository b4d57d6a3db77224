package org.safeconduct.crypto.bls;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Finds libblst in the jblst jar, loads it from a private temporary file and deletes that file. */
@SuppressWarnings("restricted") // native access is the point of this class
final class BlstLibrary {
    private static final String FLAG = "libblst could not be called: start Java with --enable-native-access=ALL-UNNAMED "
            + "(on the module path --enable-native-access=org.safeconduct.crypto)";

    static SymbolLookup load() {
        String resource = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
        try (InputStream in = BlstLibrary.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) throw new UnsatisfiedLinkError("no libblst for this system on the class path (" + resource + ")");
            return load(in, resource.substring(resource.lastIndexOf('/') + 1));
        } catch (IOException e) {
            throw failed("libblst could not be copied to a temporary file; set -Djava.io.tmpdir to a writable folder", e);
        } catch (IllegalCallerException e) {
            throw failed(FLAG, e);
        } catch (IllegalArgumentException e) {
            throw failed("libblst could not be loaded; set -Djava.io.tmpdir to a folder that is not mounted noexec", e);
        }
    }

    private static SymbolLookup load(InputStream in, String name) throws IOException {
        Path folder = Files.createTempDirectory("safeconduct"); // readable by this user alone
        Path file = folder.resolve(name);
        try {
            Files.copy(in, file);
            return SymbolLookup.libraryLookup(file, Arena.global());
        } finally {
            delete(file);
            delete(folder);
        }
    }

    /** A mapped library outlives its file; Windows keeps the file until the JVM ends. */
    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            path.toFile().deleteOnExit();
        }
    }

    /** The path inside the jar for what {@code os.name} and {@code os.arch} say. */
    static String resource(String system, String machine) {
        String os = system.toLowerCase(Locale.ROOT);
        boolean arm = machine.equals("aarch64") || machine.equals("arm64");
        String base = "supranational/blst/";
        if (os.startsWith("mac")) return base + "Mac/" + (arm ? "aarch64" : "x86_64") + "/libblst.dylib";
        if (os.startsWith("windows")) return base + "Windows/amd64/blst.dll";
        return base + "Linux/" + (arm ? "aarch64" : "amd64") + "/libblst.so";
    }

    private static UnsatisfiedLinkError failed(String message, Exception cause) {
        UnsatisfiedLinkError error = new UnsatisfiedLinkError(message);
        error.initCause(cause);
        return error;
    }

    private BlstLibrary() {}
}
