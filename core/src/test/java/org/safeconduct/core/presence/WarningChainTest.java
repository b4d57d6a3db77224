package org.safeconduct.core.presence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.register.Example;
import org.safeconduct.core.register.Line;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/** Batches and index: immutable, padded, chained, the same for everybody; anything else is refused whole. */
class WarningChainTest {
    private final Town town = new Town();
    private final List<Warning> warnings = town.warnings(town.cafe, Town.HOUR, Town.HOUR.plus(1), Town.HOUR.plus(2));
    private final WarningBatch first = town.batch(null, warnings);
    private final WarningBatch second = town.batch(first, List.of());
    private final byte[] firstFile = first.sign(town.keys);
    private final byte[] secondFile = second.sign(town.keys);
    private final WarningChain chain = WarningChain.begin(town.authority.leaf(), 0);

    private BatchIndex index(Instant time, byte[]... files) throws Exception {
        return chain.index(town.index(time, files), town.authority);
    }

    private void refused(WarningChain by, BatchIndex index, byte[] file) {
        assertThrows(VerificationException.class, () -> by.accept(index, file, town.authority));
    }

    @Test
    void chainIsReadToItsEndAndRemembered() throws Exception {
        BatchIndex index = index(Town.NOON, firstFile, secondFile);
        WarningChain.Step one = chain.accept(index, firstFile, town.authority);
        assertEquals(32, one.warnings().size());
        assertTrue(one.warnings().containsAll(warnings));
        WarningChain stored = WarningChain.parse(one.chain().bytes());
        assertEquals(one.chain(), stored);
        assertEquals(Optional.of(Hash.sha256(secondFile)), stored.next(index));
        WarningChain.Step two = stored.accept(index, secondFile, town.authority);
        assertEquals(Optional.empty(), two.chain().next(index));
        refused(two.chain(), index, secondFile);
    }

    @Test
    void batchesArePaddedAndSorted() throws Exception {
        assertEquals(32, second.warnings().size());
        assertEquals(64, town.batch(null, List.copyOf(java.util.stream.IntStream.range(0, 33)
                .mapToObj(i -> Warning.dummy(Town.HOUR, town.random)).toList())).warnings().size());
        assertEquals(first.warnings().stream().sorted().toList(), first.warnings());
        WarningBatch read = WarningBatch.open(firstFile, town.authority.line().signingKey());
        assertEquals(first.warnings(), read.warnings());
        assertEquals(first.hash(), read.hash());
        assertArrayEquals(firstFile, read.sign(town.keys), "the same batch has the same bytes");
    }

    @Test
    void batchOfAnotherSignatureOrLengthIsRefused() throws Exception {
        BatchIndex index = index(Town.NOON, firstFile);
        AuthorityKeys stranger = AuthorityKeys.random(town.random);
        assertThrows(VerificationException.class, () -> WarningBatch.open(first.sign(stranger), town.authority.line().signingKey()));
        byte[] signed = first.sign(stranger);
        BatchIndex pointing = index(Town.NOON, signed);
        refused(chain, pointing, signed);
        refused(chain, index, secondFile);
        for (int length : new int[] {0, 1, 100, firstFile.length - 64, firstFile.length - 1}) {
            refused(chain, index, Arrays.copyOf(firstFile, length));
            byte[] cut = Arrays.copyOf(firstFile, length);
            assertThrows(MalformedException.class, () -> WarningBatch.open(cut, town.authority.line().signingKey()));
        }
    }

    @Test
    void batchesThatAuthoritySignedInABadFormAreRefusedWhole() throws Exception {
        List<byte[]> all = first.warnings().stream().map(Warning::bytes).toList();
        List<byte[]> swapped = new ArrayList<>(all);
        swapped.set(0, all.get(1));
        swapped.set(1, all.get(0));
        List<byte[]> twice = new ArrayList<>(all);
        twice.set(1, all.get(0));
        byte[] noPoint = all.get(5).clone();
        Arrays.fill(noPoint, 36, 84, (byte) 0);
        List<byte[]> broken = new ArrayList<>(all);
        broken.set(5, noPoint);
        malformed(1, Town.HOUR.plus(48).number(), all.subList(0, 31));
        malformed(1, Town.HOUR.plus(48).number(), List.of());
        malformed(1, Town.HOUR.plus(48).number(), swapped);
        malformed(1, Town.HOUR.plus(48).number(), twice);
        malformed(1, Town.HOUR.plus(48).number(), broken);
        malformed(2, Town.HOUR.plus(48).number(), all);
        malformed(1, Town.HOUR.number() - 1, all);
        List<byte[]> cut = new ArrayList<>(all);
        cut.add(new byte[1]);
        malformed(1, Town.HOUR.plus(48).number(), cut);
    }

    private void malformed(int version, int until, List<byte[]> warnings) {
        byte[] joined = org.safeconduct.core.wire.Bytes.join(warnings.toArray(byte[][]::new));
        byte[] bytes = Cbor.array(version, town.authority.leaf(), 0, 0, WarningBatch.NONE_BEFORE, Town.HOUR.plus(-48).number(), until, joined)
                .print(SignedFile.LONGEST);
        byte[] file = SignedFile.sign("batch", bytes, town.keys.signing());
        assertThrows(MalformedException.class, () -> WarningBatch.open(file, town.authority.line().signingKey()));
    }

    @Test
    void batchThatDoesNotFollowIsRefused() throws Exception {
        byte[] other = town.batch(null, List.of()).sign(town.keys);
        byte[] afterOther = town.batch(WarningBatch.open(other, town.keys.signingKey()), List.of()).sign(town.keys);
        BatchIndex index = index(Town.NOON, firstFile, afterOther);
        WarningChain one = chain.accept(index, firstFile, town.authority).chain();
        refused(one, index, afterOther);
        // a later batch in an earlier place, another region's, another authority's
        refused(chain, index(Town.NOON, secondFile), secondFile);
        for (WarningBatch strange : List.of(
                WarningBatch.create(town.authority.leaf(), 1, null, Town.HOUR, Town.HOUR, List.of(), town.random),
                WarningBatch.create(Line.leaf(Example.BUILD), 0, null, Town.HOUR, Town.HOUR, List.of(), town.random))) {
            byte[] file = strange.sign(town.keys);
            refused(chain, index(Town.NOON, file), file);
        }
    }

    @Test
    void indexIsRefusedThatIsOlderOrNamesOtherBatches() throws Exception {
        WarningChain one = chain.accept(index(Town.NOON, firstFile), firstFile, town.authority).chain();
        byte[] older = town.index(Town.NOON.minusSeconds(1), firstFile);
        byte[] rewritten = town.index(Town.NOON, town.batch(null, List.of()).sign(town.keys));
        byte[] same = town.index(Town.NOON, firstFile);
        byte[] strangers = new BatchIndex(town.authority.leaf(), Town.NOON, List.of()).sign(AuthorityKeys.random(town.random));
        byte[] anothers = new BatchIndex(Line.leaf(Example.BUILD), Town.NOON, List.of()).sign(town.keys);
        assertEquals(1, one.index(same, town.authority).entries().size());
        for (byte[] bad : List.of(older, rewritten, strangers, anothers)) {
            assertThrows(VerificationException.class, () -> one.index(bad, town.authority));
        }
        assertThrows(VerificationException.class, () -> one.index(firstFile, town.authority), "another label");
    }

    @Test
    void whoWasAwayForLongBeginsAnewAtTheOldestBatch() throws Exception {
        WarningBatch third = town.batch(second, List.of());
        byte[] thirdFile = third.sign(town.keys);
        BatchIndex late = new BatchIndex(town.authority.leaf(), Town.NOON, List.of(new BatchIndex.Entry(0, 2, Hash.sha256(thirdFile))));
        WarningChain one = chain.accept(index(Town.NOON, firstFile), firstFile, town.authority).chain();
        BatchIndex index = one.index(late.sign(town.keys), town.authority);
        assertEquals(2, one.accept(index, thirdFile, town.authority).chain().read().orElseThrow().sequence());
        assertEquals(Optional.of(Hash.sha256(thirdFile)), chain.next(index));
    }

    @Test
    void indexesOutOfOrderAreRefused() {
        BatchIndex.Entry a = new BatchIndex.Entry(0, 0, first.hash());
        BatchIndex.Entry b = new BatchIndex.Entry(0, 1, first.hash());
        BatchIndex.Entry gap = new BatchIndex.Entry(0, 3, first.hash());
        BatchIndex.Entry other = new BatchIndex.Entry(1, 7, first.hash());
        assertEquals(3, new BatchIndex(town.authority.leaf(), Town.NOON, List.of(a, b, other)).entries().size());
        for (List<BatchIndex.Entry> bad : List.of(List.of(b, a), List.of(a, a), List.of(a, gap), List.of(other, a))) {
            assertThrows(IllegalArgumentException.class, () -> new BatchIndex(town.authority.leaf(), Town.NOON, bad));
            List<List<Object>> items = bad.stream().map(e -> List.<Object>of(e.region(), e.sequence(), e.file())).toList();
            byte[] file = SignedFile.sign("batch-index", Cbor.array(1, town.authority.leaf(), 5, items).print(), town.keys.signing());
            assertThrows(MalformedException.class, () -> BatchIndex.open(file, town.keys.signingKey()));
        }
    }

    @Test
    void noticesThatSayNothingKnownAreNoMatch() {
        byte[] message = new byte[32];
        byte[] sealed = Town.NOTICE.seal(message, town.random);
        assertEquals(Optional.of(Town.NOTICE), Notice.open(sealed, message));
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertEquals(Optional.empty(), Notice.open(changed, message));
        }
        message[0] = 1;
        assertEquals(Optional.empty(), Notice.open(sealed, message));
        assertThrows(IllegalArgumentException.class, () -> new Notice(Notice.Advice.CALL, java.time.LocalDate.of(2200, 1, 1)));
    }

    /** 10,000 warnings a day in 20 regions: 500 a day in each. */
    @Test
    void fourteenDaysAndADayOfOneRegionAreSmallEnough() {
        List<Warning> day = java.util.stream.Stream.generate(() -> Warning.dummy(Town.HOUR, town.random)).limit(500).toList();
        int file = town.batch(null, day).sign(town.keys).length;
        List<BatchIndex.Entry> entries = new ArrayList<>();
        for (int region = 0; region < 20; region++) {
            for (int i = 0; i < BatchIndex.DAYS; i++) {
                entries.add(new BatchIndex.Entry(region, 1000 + i, Hash.sha256(new byte[] {(byte) region, (byte) i})));
            }
        }
        int index = new BatchIndex(town.authority.leaf(), Town.NOON, entries).sign(town.keys).length;
        System.out.printf("a day of a region %,d bytes, the index %,d, fourteen days of twenty regions %,d%n", file, index, 280 * file + index);
        assertTrue(file + index < 150_000);
        assertTrue(280 * file + index < 40_000_000);
    }
}
