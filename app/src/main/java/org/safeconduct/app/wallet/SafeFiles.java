package org.safeconduct.app.wallet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files that are either the old or the new ones, whatever happens in between: written beside, forced
 * to disk, renamed. Readable by their owner only, where the file system knows owners.
 */
public final class SafeFiles {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private static final String BESIDE = ".new-";

    private SafeFiles() {}

    /** Makes a folder and its parents, new ones with mode 0700. */
    public static void folder(Path folder) throws IOException {
        Files.createDirectories(folder.toAbsolutePath(), attributes(folder, FOLDER));
    }

    /** Replaces or creates a file, mode 0600, durably and in one step. */
    public static void write(Path file, byte[] content) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        folder(parent);
        Path beside = Files.createTempFile(parent, BESIDE, null, attributes(parent, FILE));
        try {
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(parent);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /**
     * Deletes what a crash left beside its place, in a folder and those in it: secrets would outlive their time there.
     * Nobody else may be writing.
     */
    public static void sweep(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path left : all.filter(file -> file.getFileName().toString().startsWith(BESIDE)).toList()) {
                delete(left);
            }
        }
    }

    /** Deletes a file if it is there, durably. */
    public static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            force(file.toAbsolutePath().getParent());
        }
    }

    /** A rename is durable only once its folder is; systems that cannot open a folder need no such call. */
    private static void force(Path folder) throws IOException {
        if (posix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return posix(path) ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)} : new FileAttribute<?>[0];
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
