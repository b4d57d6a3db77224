package org.safeconduct.crypto.bls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Secrets stay where they are and are gone afterwards. */
class VaultTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void closingWipesTheMemory() {
        Vault vault = Vault.lasting();
        SecretScalar secret = vault.random(RANDOM);
        MemorySegment memory = secret.value();
        assertNotEquals(0, memory.get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
        vault.close();
        assertArrayEquals(new byte[32], memory.toArray(ValueLayout.JAVA_BYTE));
    }

    @Test
    void wipedSecretCannotBeUsed() {
        Vault vault = Vault.lasting();
        SecretScalar secret = vault.random(RANDOM);
        vault.close();
        vault.close();
        assertThrows(IllegalStateException.class, secret::reveal);
        assertThrows(IllegalStateException.class, () -> G1.generator().times(secret));
        assertThrows(IllegalStateException.class, () -> vault.random(RANDOM));
    }

    @Test
    void secretOfAnOpenVaultBelongsToItsThread() throws InterruptedException {
        try (Vault vault = Vault.open()) {
            SecretScalar secret = vault.random(RANDOM);
            Throwable[] thrown = new Throwable[1];
            Thread other = Thread.ofPlatform().start(() -> {
                try {
                    secret.reveal();
                } catch (RuntimeException e) {
                    thrown[0] = e;
                }
            });
            other.join();
            assertEquals(WrongThreadException.class, thrown[0].getClass());
        }
    }

    @Test
    void secretDoesNotPrintItself() {
        try (Vault vault = Vault.open()) {
            assertEquals("SecretScalar[secret]", vault.random(RANDOM).toString());
        }
    }

    @Test
    void manySecretsAreDistinctAndOutgrowOneSlab() {
        try (Vault vault = Vault.open()) {
            Set<Scalar> seen = new HashSet<>();
            for (SecretScalar s : vault.random(RANDOM, 1000)) seen.add(s.reveal());
            assertEquals(1000, seen.size());
        }
    }
}
