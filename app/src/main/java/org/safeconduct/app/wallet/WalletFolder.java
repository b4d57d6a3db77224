package org.safeconduct.app.wallet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.register.Acceptance;
import org.safeconduct.core.register.KnownRegister;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;

/**
 * A wallet on disk. Everything is readable by its owner only, and every file is either the old or the new one.
 *
 * <pre>
 * offices/LEAF/address, register      what this device holds of an office; evidence-N if it showed two registers
 * rights/OFFER/right                  the offer and the wallet secret
 * rights/OFFER/place                  in the office's queue, until the offer is redeemed
 * rights/OFFER/EPOCH.pending          stored before a request is sent
 * rights/OFFER/EPOCH.pass             erased when its epoch ends
 * </pre>
 */
public final class WalletFolder implements AutoCloseable {
    private static final String PENDING = ".pending";
    private static final String PASS = ".pass";

    private final Path folder;
    private final FileChannel lockFile;
    private final FileLock lock;

    private WalletFolder(Path folder, FileChannel lockFile, FileLock lock) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Opens a wallet, making its folder if it is not there. One program at a time has it open; another waits.
     */
    public static WalletFolder open(Path folder) throws IOException {
        SafeFiles.folder(folder);
        Path file = folder.resolve("lock");
        if (Files.notExists(file)) {
            SafeFiles.write(file, new byte[0]);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.lock();
        SafeFiles.sweep(folder);
        return new WalletFolder(folder, channel, lock);
    }

    /** The offices this wallet knows, by the order of their names. */
    public List<KnownOffice> offices() throws IOException, MalformedException {
        List<KnownOffice> offices = new ArrayList<>();
        for (Path office : children(folder.resolve("offices"))) {
            if (Files.exists(office.resolve("register"))) {
                offices.add(new KnownOffice(Files.readString(office.resolve("address")).strip(),
                    KnownRegister.parse(Files.readAllBytes(office.resolve("register")))));
            }
        }
        return offices;
    }

    /** The office of a leaf, if this wallet knows it. */
    public Optional<KnownOffice> office(Hash leaf) throws IOException, MalformedException {
        return offices().stream().filter(office -> office.leaf().equals(leaf)).findFirst();
    }

    /** Keeps an office, in place of what was held of it before. */
    public void put(KnownOffice office) throws IOException {
        Path place = folder.resolve("offices").resolve(office.leaf().hex());
        SafeFiles.write(place.resolve("address"), (office.address() + "\n").getBytes(StandardCharsets.US_ASCII));
        SafeFiles.write(place.resolve("register"), office.known().print());
    }

    /** Keeps the proof that an office signed two registers; returns where. */
    public Path keep(KnownOffice office, Acceptance.NotAnExtension evidence) throws IOException {
        Path place = folder.resolve("offices").resolve(office.leaf().hex());
        Path file = place.resolve("evidence-" + evidence.other().root().hex().substring(0, 16));
        SafeFiles.write(file, (evidence.held() + "\n" + evidence.other()).getBytes(StandardCharsets.UTF_8));
        return file;
    }

    /** The rights, each with its passes. */
    public List<Right> rights() throws IOException, MalformedException {
        List<Right> rights = new ArrayList<>();
        for (Path right : children(folder.resolve("rights"))) {
            if (Files.exists(right.resolve("right"))) {
                rights.add(Right.parse(Files.readAllBytes(right.resolve("right"))));
            }
        }
        return rights;
    }

    /** The right of an offer, if this wallet has met the offer before. */
    public Optional<Right> right(Offer offer) throws IOException, MalformedException {
        Path file = place(offer).resolve("right");
        return Files.exists(file) ? Optional.of(Right.parse(Files.readAllBytes(file))) : Optional.empty();
    }

    /** Keeps a right. */
    void put(Right right) throws IOException {
        SafeFiles.write(place(right.offer()).resolve("right"), right.print());
    }

    /** The place in the queue of the office of a right. */
    OfficeClient.Queue queue(Right right) {
        Path file = place(right.offer()).resolve("place");
        return new OfficeClient.Queue() {
            @Override
            public String place() throws IOException {
                return Files.exists(file) ? Files.readString(file, StandardCharsets.US_ASCII) : "";
            }

            @Override
            public void keep(String place) throws IOException {
                if (place.isEmpty()) {
                    SafeFiles.delete(file);
                } else {
                    SafeFiles.write(file, place.getBytes(StandardCharsets.US_ASCII));
                }
            }
        };
    }

    /** The stored pending pass of an epoch. */
    Optional<byte[]> pending(Right right, Hash epoch) throws IOException {
        return read(place(right.offer()).resolve(epoch.hex() + PENDING));
    }

    void putPending(Right right, Hash epoch, byte[] pending) throws IOException {
        SafeFiles.write(place(right.offer()).resolve(epoch.hex() + PENDING), pending);
    }

    /** The stored pass of an epoch. */
    public Optional<byte[]> pass(Right right, Hash epoch) throws IOException {
        return read(place(right.offer()).resolve(epoch.hex() + PASS));
    }

    /** Keeps a pass; only then its pending pass is given up. */
    void putPass(Right right, Hash epoch, byte[] pass) throws IOException {
        SafeFiles.write(place(right.offer()).resolve(epoch.hex() + PASS), pass);
        SafeFiles.delete(place(right.offer()).resolve(epoch.hex() + PENDING));
    }

    /** The epochs for which a right has a pass. */
    public List<Hash> passes(Right right) throws IOException, MalformedException {
        return epochs(right, PASS);
    }

    /** The epochs for which a pass was asked for and not received. */
    List<Hash> pendings(Right right) throws IOException, MalformedException {
        return epochs(right, PENDING);
    }

    private List<Hash> epochs(Right right, String ending) throws IOException, MalformedException {
        List<Hash> epochs = new ArrayList<>();
        for (Path file : children(place(right.offer()))) {
            String name = file.getFileName().toString();
            if (name.endsWith(ending)) {
                epochs.add(Hash.parse(name.substring(0, name.length() - ending.length())));
            }
        }
        return epochs;
    }

    /** Erases what belongs to an epoch (pass.md 1.6). */
    void erase(Right right, Hash epoch) throws IOException {
        SafeFiles.delete(place(right.offer()).resolve(epoch.hex() + PASS));
        SafeFiles.delete(place(right.offer()).resolve(epoch.hex() + PENDING));
    }

    private Path place(Offer offer) {
        return folder.resolve("rights").resolve(offer.hash().hex());
    }

    private static Optional<byte[]> read(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    private static List<Path> children(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        lockFile.close();
    }
}
