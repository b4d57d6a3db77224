package org.safeconduct.app.office;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.crypto.MalformedException;

/**
 * The file of new offers. It is written and forced to disk as {@code FILE.part} while the transaction runs, and gets its
 * name after the commit, so that no offer is valid that nobody has, and none is in the file that is not valid.
 *
 * <p>A run that was killed leaves its {@code .part}. Whether its offers are valid is asked of the store: all are, or none.
 */
final class OfferFile implements AutoCloseable {
    private final Path file;
    private final Path part;
    private final FileChannel channel;
    private boolean keep;

    private OfferFile(Path file, Path part, FileChannel channel) {
        this.file = file;
        this.part = part;
        this.channel = channel;
    }

    /** Opens the file's {@code .part}, new or left by a run that was killed; no other run can while it is open. */
    static OfferFile open(Path file) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path part = part(file);
        FileAttribute<?>[] owner = file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
        FileChannel channel = FileChannel.open(part, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE), owner);
        try {
            if (channel.tryLock() != null) {
                return new OfferFile(file, part, channel);
            }
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it.
        }
        channel.close();
        throw new OfficeException("Another run is writing " + part + " just now. Wait for it.");
    }

    /** Where the offers of a file are before they are valid. */
    static Path part(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    /** Returns the first offer that a killed run left, if it came so far. */
    Optional<Offer> first() throws IOException {
        BufferedReader reader = reader();
        reader.readLine();
        String row = reader.readLine();
        try {
            return row == null ? Optional.empty() : Optional.of(Offer.parse(row.substring(row.lastIndexOf(',') + 1).replace("\"", "")));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /** Returns how many offers a run left that had come to its commit. */
    long count() throws IOException {
        BufferedReader reader = reader();
        long rows = -1;
        while (reader.readLine() != null) {
            rows++;
        }
        return rows;
    }

    /** Not closed: that would close the channel and give up the lock. */
    private BufferedReader reader() throws IOException {
        channel.position(0);
        return new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
    }

    /** A writer of the whole file. Closing it makes the content durable: the act does so before its commit. */
    BufferedWriter writer() throws IOException {
        channel.truncate(0);
        channel.position(0);
        return new BufferedWriter(new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8), 1 << 16) {
            @Override
            public void close() throws IOException {
                flush();
                channel.force(true);
            }
        };
    }

    /** Gives the file its name, after the commit. From here on it is never deleted: the offers in it are valid. */
    void finish() {
        keep = true;
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new OfficeException("Everybody was enrolled, but the file of the offers could not get its name. It is at " + part + ".", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (!keep) {
            Files.deleteIfExists(part);
        }
        channel.close();
    }
}
