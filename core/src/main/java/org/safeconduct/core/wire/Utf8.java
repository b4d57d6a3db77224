package org.safeconduct.core.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.safeconduct.crypto.MalformedException;

/** UTF-8 in which every error is an error; {@code new String(...)} would put a replacement character instead. */
public final class Utf8 {
    private Utf8() {}

    /** @throws MalformedException if the bytes are not well-formed UTF-8 (overlong forms and surrogates are not) */
    public static String parse(byte[] bytes) throws MalformedException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("The text is not well-formed UTF-8.", e);
        }
    }

    /** @throws IllegalArgumentException if the text holds a lone surrogate, which has no UTF-8 */
    public static byte[] print(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("The text holds a lone surrogate.", e);
        }
    }
}
