package org.safeconduct.crypto.bbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Secrets print nothing and are gone after closing. */
class SecretsTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void secretsPrintOnlyTheirKind() throws Exception {
        assertEquals("BbsSecretKey[secret]", BbsSecretKey.random(RANDOM).toString());
        assertEquals("NymSecrets[secret]", NymSecrets.random(2, RANDOM).toString());
        Committed committed = BlindBbs.of(0, 0).commit(List.of(), RANDOM);
        assertFalse(committed.toString().contains(HexFormat.of().formatHex(committed.blind().toBytes()).substring(0, 6)));
        assertEquals("ProverBlind[secret]", committed.blind().toString());
        assertEquals("BbsScalar[32 bytes]", BbsScalar.random(RANDOM).toString());
        assertEquals("BbsSignature[80 bytes]", Bbs.of(0).sign(BbsSecretKey.random(RANDOM), new byte[0], List.of()).toString());
    }

    @Test
    void closedSecretsRefuseToWork() throws Exception {
        BbsSecretKey key = BbsSecretKey.random(RANDOM);
        key.close();
        assertThrows(IllegalStateException.class, key::toBytes);
        assertThrows(IllegalStateException.class, () -> Bbs.of(0).sign(key, new byte[0], List.of()));
        NymSecrets secrets = NymSecrets.random(1, RANDOM);
        secrets.close();
        assertThrows(IllegalStateException.class, () -> secrets.pseudonym(new byte[0]));
        assertThrows(IllegalStateException.class, secrets::toBytes);
        ProverBlind blind = BlindBbs.of(0, 0).commit(List.of(), RANDOM).blind();
        blind.close();
        assertThrows(IllegalStateException.class, blind::toBytes);
    }

    @Test
    void secretsCompareByValue() throws Exception {
        BbsSecretKey key = BbsSecretKey.random(RANDOM);
        assertEquals(key, BbsSecretKey.parse(key.toBytes()));
        assertNotEquals(key, BbsSecretKey.random(RANDOM));
        NymSecrets secrets = NymSecrets.random(2, RANDOM);
        assertEquals(secrets, NymSecrets.parse(secrets.toBytes()));
        assertNotEquals(secrets, NymSecrets.random(2, RANDOM));
        ProverBlind blind = BlindBbs.of(0, 0).commit(List.of(), RANDOM).blind();
        assertEquals(blind, ProverBlind.parse(blind.toBytes()));
    }
}
