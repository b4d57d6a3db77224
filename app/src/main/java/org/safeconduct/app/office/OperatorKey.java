package org.safeconduct.app.office;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.charset.StandardCharsets;
import java.nio.channels.FileChannel;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.crypto.MalformedException;

/**
 * The key under which all secrets of an office lie in its store: AES-256-GCM, a fresh nonce each, bound to what the
 * secret is for. It lives outside the store, so that a stolen store or backup holds no usable key.
 */
public final class OperatorKey {
    /** Environment variable that may hold the key: 64 hexadecimal digits. */
    public static final String VARIABLE = "SAFECONDUCT_OPERATOR_KEY";

    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;

    private OperatorKey(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        Arrays.fill(key, (byte) 0);
    }

    /**
     * Makes a new key and writes it to a new file, readable for its owner alone.
     *
     * @throws IOException if there is such a file, or it cannot be written
     */
    public static OperatorKey create(Path file, SecureRandom random) throws IOException {
        byte[] bytes = new byte[KEY];
        random.nextBytes(bytes);
        FileAttribute<?>[] owner = file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
            channel.write(ByteBuffer.wrap((Hex.print(bytes) + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        return new OperatorKey(bytes);
    }

    /** Reads the key from a file that {@link #create} wrote. */
    public static OperatorKey read(Path file) throws IOException {
        try {
            return parse(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
        } catch (MalformedException e) {
            throw new OfficeException(file + " is not an operator key. Give the file that was made when the office was set up.", e);
        }
    }

    /** Reads the key from the environment if it is there, else from the file. */
    public static OperatorKey find(Map<String, String> environment, Path file) throws IOException {
        String text = environment.get(VARIABLE);
        if (text == null) {
            return read(file);
        }
        try {
            return parse(text.strip());
        } catch (MalformedException e) {
            throw new OfficeException(VARIABLE + " does not hold an operator key: 64 hexadecimal digits.", e);
        }
    }

    /** @throws MalformedException if the text is not 64 lowercase hexadecimal digits */
    public static OperatorKey parse(String text) throws MalformedException {
        return new OperatorKey(Hex.parse(text, KEY));
    }

    /** Wraps a secret. @param purpose what it is for; {@link #unwrap} needs the same */
    byte[] wrap(String purpose, byte[] secret, SecureRandom random) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            return Bytes.join(nonce, cipher(Cipher.ENCRYPT_MODE, purpose, nonce).doFinal(secret));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM.", e);
        }
    }

    /** @throws OfficeException if it was wrapped under another key, or for another purpose */
    byte[] unwrap(String purpose, byte[] wrapped) {
        try {
            return cipher(Cipher.DECRYPT_MODE, purpose, Arrays.copyOf(wrapped, NONCE)).doFinal(wrapped, NONCE, wrapped.length - NONCE);
        } catch (AEADBadTagException e) {
            throw new OfficeException("The operator key does not open this store: it is of another office, or the store was changed. "
                    + "Give the key file that was made together with this store.", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM.", e);
        }
    }

    private Cipher cipher(int mode, String purpose, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(Bytes.join(Bytes.label("wrapped"), purpose.getBytes(StandardCharsets.UTF_8)));
        return cipher;
    }

    @Override
    public String toString() {
        return "OperatorKey[secret]";
    }
}
