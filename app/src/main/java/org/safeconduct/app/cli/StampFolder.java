package org.safeconduct.app.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.safeconduct.app.wallet.SafeFiles;
import org.safeconduct.core.pass.StampBook;
import org.safeconduct.crypto.MalformedException;

/** The stamp books of one door on disk, one file for each epoch and scope. One program at a time has them open. */
final class StampFolder implements AutoCloseable {
    private static final String BOOK = ".stamps";

    private final Path folder;
    private final FileChannel lockFile;
    private final FileLock lock;

    private StampFolder(Path folder, FileChannel lockFile, FileLock lock) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /** Opens the folder, made if it is not there. */
    static StampFolder open(Path folder) throws IOException {
        SafeFiles.folder(folder);
        FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw CommandException.cannot("Another check uses these stamp books. Two doors keep a folder each.");
        }
        SafeFiles.sweep(folder);
        return new StampFolder(folder, channel, lock);
    }

    /** All books. */
    List<StampBook> books() throws IOException {
        List<StampBook> books = new ArrayList<>();
        for (Path file : files()) {
            try {
                books.add(StampBook.parse(Files.readAllBytes(file)));
            } catch (MalformedException e) {
                throw CommandException.cannot("The stamp book " + Terminal.plain(file.toString())
                    + " is damaged. Restore it, or move it away and know that its uses are forgotten.");
            }
        }
        return books;
    }

    /** Keeps a book, durably. */
    void save(StampBook book) throws IOException {
        SafeFiles.write(folder.resolve(name(book)), book.toBytes());
    }

    /** Erases every book but these. */
    void keepOnly(Collection<StampBook> books) throws IOException {
        Set<String> kept = books.stream().map(StampFolder::name).collect(Collectors.toSet());
        for (Path file : files()) {
            if (!kept.contains(file.getFileName().toString())) {
                SafeFiles.delete(file);
            }
        }
    }

    private static String name(StampBook book) {
        return book.epoch().hex() + "-" + book.scope() + BOOK;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().endsWith(BOOK)).sorted().toList();
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockFile.close();
    }
}
