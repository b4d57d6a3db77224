package org.safeconduct.app.http;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.safeconduct.app.office.OfficeException;

/** Reads the server's TLS key and certificate. */
public final class TlsFiles {
    private TlsFiles() {}

    /**
     * Reads a PKCS #12 or JKS file.
     *
     * @throws OfficeException if the password is wrong or there is no key with a certificate in it: found out now, not by
     *     every visitor
     */
    public static SSLContext read(Path keystore, char[] password) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(keystore.toFile(), password);
            int keys = 0;
            for (String alias : Collections.list(store.aliases())) {
                keys += store.isKeyEntry(alias) && store.getCertificateChain(alias) != null && store.getKey(alias, password) != null ? 1 : 0;
            }
            if (keys != 1) {
                throw new OfficeException(keystore + " holds " + (keys == 0 ? "no key" : keys + " keys") + " with a certificate. Make one that holds exactly one.");
            }
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new OfficeException(keystore + " cannot be used for TLS. See that it is a PKCS #12 or JKS file.", e);
        } catch (IOException e) {
            if (e.getCause() instanceof GeneralSecurityException) {
                throw new OfficeException("The password does not open " + keystore + ".", e);
            }
            throw e;
        }
    }
}
