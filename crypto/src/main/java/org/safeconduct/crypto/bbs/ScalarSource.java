package org.safeconduct.crypto.bbs;

import java.security.SecureRandom;
import java.util.List;
import org.safeconduct.crypto.bls.SecretScalar;
import org.safeconduct.crypto.bls.Vault;

/** Where the random scalars of one operation come from, all at once: a secure generator, or a vector's list. */
@FunctionalInterface
interface ScalarSource {
    /** So many fresh scalars in the vault. */
    List<SecretScalar> draw(Vault vault, int count);

    /** draft-irtf-cfrg-bbs-signatures, section 4.2.1: calculate_random_scalars. */
    static ScalarSource of(SecureRandom random) {
        return (vault, count) -> vault.random(random, count);
    }
}
