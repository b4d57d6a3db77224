package org.safeconduct.core.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.safeconduct.crypto.MalformedException;

class CborTest {
    @Test
    void everyValuePrintsAndParsesToItself() throws MalformedException {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            Cbor value = Cbor.of(randomValue(random, 0));
            assertEquals(value, Cbor.parse(value.print()));
        }
    }

    @Test
    void printsTheBytesOfAGeneralLibrary() {
        Random random = new Random(2);
        for (int i = 0; i < 5_000; i++) {
            Object value = randomValue(random, 0);
            assertArrayEquals(general(value).EncodeToBytes(), Cbor.of(value).print());
        }
    }

    /** Whatever we read, a general library that enforces canonical form reads to the same bytes. */
    @Test
    void acceptsNothingThatAGeneralLibraryFindsUncanonical() {
        Random random = new Random(3);
        CBOREncodeOptions canonical = new CBOREncodeOptions("ctap2canonical=true");
        int accepted = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = mutate(Cbor.of(randomValue(random, 0)).print(), random);
            try {
                Cbor.parse(bytes);
            } catch (MalformedException e) {
                continue;
            }
            accepted++;
            assertArrayEquals(bytes, CBORObject.DecodeFromBytes(bytes, canonical).EncodeToBytes());
        }
        assertTrue(accepted > 1_000, "mutations that stay CBOR are part of the test");
    }

    @Test
    void theGeneralLibraryAloneWouldLetFloatsPass() throws CBORException {
        byte[] one = {(byte) 0xfb, 0x3f, (byte) 0xf1, (byte) 0x99, (byte) 0x99, (byte) 0x99, (byte) 0x99, (byte) 0x99, (byte) 0x9a};
        CBORObject.DecodeFromBytes(one, new CBOREncodeOptions("ctap2canonical=true"));
        assertThrows(MalformedException.class, () -> Cbor.parse(one));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "1800", "1817", "190017", "1900ff", "1a0000ffff", "1b00000000ffffffff", // empty, long heads
        "1b0020000000000000", "1bffffffffffffffff", // above 2^53-1
        "20", "3800", "a0", "a10101", "c000", "d81843", "f4", "f5", "f7", "f0", "f820", // other kinds
        "f93c00", "fa3f800000", "fb3ff0000000000000", // floats
        "5f4101ff", "7f6161ff", "9f01ff", "ff", "1c", "1f", // indefinite, reserved
        "58", "5801", "42ff", "6180", "62c080", "63eda080", "64f4908080", // short, bad UTF-8
        "8181818180", "8101ff", "0000", "9b001fffffffffffff", "9a7fffffff", "98ff00", "5b7fffffffffffffff"})
    void refuses(String hex) {
        assertThrows(MalformedException.class, () -> Cbor.parse(java.util.HexFormat.of().parseHex(hex)));
    }

    @Test
    void refusesMoreThanFourThousandBytes() throws MalformedException {
        byte[] fits = Cbor.of(new byte[4093]).print();
        assertEquals(Cbor.LONGEST, fits.length);
        assertEquals(4093, Cbor.parse(fits).bytes(4093).length);
        assertThrows(IllegalArgumentException.class, () -> Cbor.of(new byte[4094]).print());
        byte[] longer = Bytes.join(new byte[] {0x59, 0x0f, (byte) 0xfe}, new byte[4094]);
        assertThrows(MalformedException.class, () -> Cbor.parse(longer));
    }

    @Test
    void accessorsRefuseOtherKindsAndSizes() {
        assertThrows(MalformedException.class, () -> Cbor.of(5).bytes(1));
        assertThrows(MalformedException.class, () -> Cbor.of(5).whole(4));
        assertThrows(MalformedException.class, () -> Cbor.of(new byte[31]).hash());
        assertThrows(MalformedException.class, () -> Cbor.of("abc").text(2));
        assertThrows(MalformedException.class, () -> Cbor.array(1, 2).items(1));
        assertThrows(MalformedException.class, () -> Cbor.of(null).whole(9));
        assertThrows(IllegalArgumentException.class, () -> Cbor.of(-1));
        assertThrows(IllegalArgumentException.class, () -> Cbor.of(1.5));
        assertThrows(IllegalArgumentException.class, () -> Cbor.of("\ud800").print());
    }

    static byte[] mutate(byte[] bytes, Random random) {
        List<Byte> out = new ArrayList<>();
        for (byte b : bytes) {
            out.add(b);
        }
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(out.size() + 1);
            switch (random.nextInt(3)) {
                case 0 -> out.add(at, (byte) random.nextInt());
                case 1 -> {
                    if (at < out.size()) {
                        out.remove(at);
                    }
                }
                default -> {
                    if (at < out.size()) {
                        out.set(at, (byte) (random.nextBoolean() ? random.nextInt() : out.get(at) ^ 1 << random.nextInt(8)));
                    }
                }
            }
        }
        byte[] mutated = new byte[out.size()];
        for (int i = 0; i < mutated.length; i++) {
            mutated[i] = out.get(i);
        }
        return mutated;
    }

    private static Object randomValue(Random random, int depth) {
        return switch (random.nextInt(depth < Cbor.DEEPEST ? 6 : 4)) {
            case 0 -> random.nextLong() >>> 11 + random.nextInt(53);
            case 1 -> {
                byte[] bytes = new byte[random.nextInt(300) >>> random.nextInt(9)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case 2 -> List.of("", "a", "é", "漢字", "🎫", "x".repeat(30)).get(random.nextInt(6));
            case 3 -> null;
            default -> {
                List<Object> items = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    items.add(randomValue(random, depth + 1));
                }
                yield items;
            }
        };
    }

    private static CBORObject general(Object value) {
        if (value instanceof List<?> list) {
            CBORObject array = CBORObject.NewArray();
            list.forEach(item -> array.Add(general(item)));
            return array;
        }
        return value == null ? CBORObject.Null : CBORObject.FromObject(value);
    }
}
