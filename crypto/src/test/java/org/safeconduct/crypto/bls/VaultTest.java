package org.safeconduct.crypto.bls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
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
    void memoryStillInUseIsNotWiped() throws InterruptedException {
        ReferenceQueue<Vault> forgotten = new ReferenceQueue<>();
        Vault vault = Vault.lasting();
        PhantomReference<Vault> reference = new PhantomReference<>(vault, forgotten);
        // What a call into libblst holds while it runs: the memory, and perhaps nothing else of the secret any more.
        MemorySegment memory = vault.random(RANDOM).value();
        vault = null;
        int collected = 0;
        while (collected < 5) {
            System.gc();
            collected += collected > 0 || forgotten.remove(100) == reference ? 1 : 0;
            forgotten.remove(10);
        }
        assertNotEquals(0, memory.get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
    }

    @Test
    void secretWipedWhileItIsUsedGivesNoResult() throws InterruptedException {
        for (int round = 0; round < 3000; round++) {
            Vault vault = Vault.lasting();
            SecretScalar secret = vault.random(RANDOM);
            Scalar value = secret.reveal();
            Thread closing = Thread.ofVirtual().start(vault::close);
            try (Vault work = Vault.open()) {
                for (int i = 0; i < 1000; i++) assertEquals(value, work.copy(secret).reveal());
            } catch (IllegalStateException e) {
                // the other thread came first
            }
            closing.join();
        }
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
