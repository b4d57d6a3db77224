package org.safeconduct.app.office;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The file of new offers. It is written and forced to disk beside its place while the transaction runs, and gets its name
 * after the commit, so that no offer is valid that nobody has, and none is in the file that is not valid.
 */
final class OfferFile implements AutoCloseable {
    private final Path file;
    private final Path beside;
    private final FileChannel channel;
    private final BufferedWriter writer;
    private boolean keep;

    private OfferFile(Path file, Path beside, FileChannel channel) {
        this.file = file;
        this.beside = beside;
        this.channel = channel;
        this.writer = new BufferedWriter(new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8), 1 << 16);
    }

    static OfferFile create(Path file) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        FileAttribute<?>[] owner = file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
        Path beside = Files.createTempFile(file.toAbsolutePath().getParent(), ".offers-", ".csv", owner);
        return new OfferFile(file, beside, FileChannel.open(beside, StandardOpenOption.WRITE));
    }

    /** Closing the writer makes the content durable: the act does so before its commit. */
    BufferedWriter writer() {
        return new BufferedWriter(writer) {
            @Override
            public void close() throws IOException {
                flush();
                writer.flush();
                channel.force(true);
            }
        };
    }

    /** Gives the file its name, after the commit. From here on it is never deleted: the offers in it are valid. */
    void finish() {
        keep = true;
        try {
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new OfficeException("Everybody was enrolled, but the file of the offers could not get its name. It is at " + beside + ".", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!keep) {
            Files.deleteIfExists(beside);
        }
    }
}
