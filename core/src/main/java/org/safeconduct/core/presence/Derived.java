package org.safeconduct.core.presence;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.safeconduct.core.wire.Bytes;

/** HKDF-SHA-256 (RFC 5869) with an empty salt, as section 3 of spec/presence.md uses it. */
final class Derived {
    private Derived() {}

    static byte[] hkdf(byte[] secret, int length, byte[]... info) {
        try {
            HKDFParameterSpec spec = HKDFParameterSpec.ofExtract().addIKM(new SecretKeySpec(secret, "HKDF"))
                    .thenExpand(Bytes.join(info), length);
            return KDF.getInstance("HKDF-SHA256").deriveData(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK from 25 on has HKDF-SHA-256.", e);
        }
    }
}
