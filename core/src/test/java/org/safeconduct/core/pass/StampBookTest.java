package org.safeconduct.core.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.wire.Bytes;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Code;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

class StampBookTest {
    private static final Hash EPOCH = Hash.sha256(Utf8.print("epoch"));
    private final PairingSecret secret = PairingSecret.create(new Seeded("pairing"));

    private static Stamp stamp(int number) {
        byte[] bytes = new byte[Stamp.LENGTH];
        new Seeded("stamp " + number).nextBytes(bytes);
        return new Stamp(EPOCH, 1, bytes);
    }

    private static StampBook book(int stamps) {
        StampBook book = StampBook.of(EPOCH, 1);
        for (int i = 0; i < stamps; i++) {
            assertTrue(book.record(stamp(i)));
        }
        return book;
    }

    @Test
    void attack21ABookTellsNoOrder() {
        StampBook backwards = StampBook.of(EPOCH, 1);
        for (int i = 9; i >= 0; i--) {
            backwards.record(stamp(i));
        }
        assertEquals(Hex.print(book(10).toBytes()), Hex.print(backwards.toBytes()));
        assertEquals("StampBook[10 stamps]", backwards.toString());
        assertEquals("Stamp[48 bytes]", stamp(1).toString());
    }

    @Test
    void aStampIsUsedOnce() {
        StampBook book = book(3);
        assertFalse(book.record(stamp(2)));
        assertTrue(book.contains(stamp(2)));
        assertFalse(book.contains(stamp(3)));
        assertEquals(3, book.size());
        book.erase();
        assertFalse(book.contains(stamp(2)));
    }

    @Test
    void aBookTakesStampsOfItsEpochAndScopeOnly() {
        StampBook book = book(0);
        assertThrows(IllegalArgumentException.class, () -> book.record(new Stamp(EPOCH, 0, stamp(1).bytes())));
        assertThrows(IllegalArgumentException.class, () -> book.contains(new Stamp(Hash.sha256(), 1, stamp(1).bytes())));
        assertThrows(IllegalArgumentException.class, () -> book.learn(new StampExchange(EPOCH, 2, 0, 1, List.of())));
        assertThrows(IllegalArgumentException.class, () -> StampBook.of(EPOCH, 4));
    }

    @Test
    void whatADoorLearnedItPassesOn() throws Exception {
        StampBook first = book(250);
        StampBook second = StampBook.of(EPOCH, 1);
        StampBook third = StampBook.of(EPOCH, 1);
        assertEquals(3, first.exchange().size());
        for (StampExchange part : first.exchange()) {
            second.learn(StampExchange.parse(part.text(secret), secret));
        }
        second.exchange().forEach(third::learn);
        for (int i = 0; i < 250; i++) {
            assertTrue(third.contains(stamp(i)));
        }
        assertFalse(third.record(stamp(0)));
        assertEquals(0, third.size());
        assertEquals(Hex.print(third.toBytes()), Hex.print(StampBook.parse(third.toBytes()).toBytes()));
    }

    @Test
    void anEmptyBookIsOneEmptyCode() {
        assertEquals(List.of(new StampExchange(EPOCH, 1, 0, 1, List.of())), StampBook.of(EPOCH, 1).exchange());
    }

    @Test
    void anExchangeFromNobodyPairedIsRefused() {
        String text = book(5).exchange().getFirst().text(secret);
        PairingSecret other = PairingSecret.create(new Seeded("other"));
        assertThrows(VerificationException.class, () -> StampExchange.parse(text, other));
    }

    @Test
    void exchangesThatAreNoneAreMalformed() {
        byte[] one = new byte[8];
        byte[] two = {0, 0, 0, 0, 0, 0, 0, 1};
        assertMalformed(2, EPOCH, 1, 0, 1, one);
        assertMalformed(1, new byte[31], 1, 0, 1, one);
        assertMalformed(1, EPOCH, 4, 0, 1, one);
        assertMalformed(1, EPOCH, 1, 1, 1, one);
        assertMalformed(1, EPOCH, 1, 0, 0, one);
        assertMalformed(1, EPOCH, 1, 0, 100_001, one);
        assertMalformed(1, EPOCH, 1, 0, 2, one);
        assertMalformed(1, EPOCH, 1, 1, 2, new byte[0]);
        assertMalformed(1, EPOCH, 1, 0, 1, new byte[7]);
        assertMalformed(1, EPOCH, 1, 0, 1, Bytes.join(two, one));
        assertMalformed(1, EPOCH, 1, 0, 1, Bytes.join(one, one));
        assertMalformed(1, EPOCH, 1, 0, 1, new byte[808]);
    }

    private void assertMalformed(Object... fields) {
        byte[] mac = Arrays.copyOf(secret.mac(Bytes.join(Bytes.label("stamp-book"), Cbor.array(fields).print())), 16);
        Object[] all = Arrays.copyOf(fields, 7);
        all[6] = mac;
        String text = Code.STAMP_BOOK.print(Cbor.array(all).print());
        assertThrows(MalformedException.class, () -> StampExchange.parse(text, secret));
    }

    @Test
    void storedBooksOfAnyOtherFormAreMalformed() {
        byte[] stored = book(2).toBytes();
        assertThrows(MalformedException.class, () -> StampBook.parse(new byte[0]));
        assertThrows(MalformedException.class, () -> StampBook.parse(Arrays.copyOf(stored, stored.length - 1)));
        assertThrows(MalformedException.class, () -> StampBook.parse(Arrays.copyOf(stored, stored.length + 1)));
        byte[] scope = stored.clone();
        scope[32] = 4;
        assertThrows(MalformedException.class, () -> StampBook.parse(scope));
        byte[] swapped = stored.clone();
        System.arraycopy(stored, 41, swapped, 41 + Stamp.LENGTH, Stamp.LENGTH);
        System.arraycopy(stored, 41 + Stamp.LENGTH, swapped, 41, Stamp.LENGTH);
        assertThrows(MalformedException.class, () -> StampBook.parse(swapped));
        byte[] lie = stored.clone();
        Arrays.fill(lie, 33, 37, (byte) 0xff);
        assertThrows(MalformedException.class, () -> StampBook.parse(lie));
    }

    @Test
    void pairingSecretsAreUnprintableAndWiped() throws Exception {
        assertEquals("PairingSecret[secret]", secret.toString());
        assertEquals(secret, PairingSecret.parse(secret.toBytes()));
        secret.close();
        assertEquals(Collections.nCopies(32, "00"), Arrays.asList(Hex.print(secret.toBytes()).split("(?<=\\G..)")));
        assertThrows(MalformedException.class, () -> PairingSecret.parse(new byte[31]));
    }
}
