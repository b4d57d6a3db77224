package org.safeconduct.core.register;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;

/**
 * One line of a register (spec/register.md section 2). {@link #parse} checks every rule that a line can be held to
 * alone; {@link Register#append} checks those that need the lines before it.
 */
public sealed interface Line
        permits Office, KeyRotation, Scheme, Asker, Epoch, Stop, Closed, Authority, Build {

    /**
     * Reads a line.
     *
     * @param bytes the line without its line end
     * @throws MalformedException if it is not the canonical form of a valid line
     */
    static Line parse(byte[] bytes) throws MalformedException {
        Json json = Json.parse(bytes);
        Map<String, Json> members = json.members();
        String type = members.getOrDefault("type", Json.of(null)).string();
        Line line = switch (type) {
            case "office" -> Office.read(json);
            case "key" -> KeyRotation.read(json);
            case "scheme" -> Scheme.read(json);
            case "asker" -> Asker.read(json);
            case "epoch" -> Epoch.read(json);
            case "stop" -> Stop.read(json);
            case "closed" -> Closed.read(json);
            case "authority" -> Authority.read(json);
            case "build" -> Build.read(json);
            default -> throw new MalformedException("A line is of an unknown type.");
        };
        if (!Arrays.equals(line.json().print(), bytes)) {
            throw new MalformedException("A line does not print to the same bytes.");
        }
        return line;
    }

    /** Returns the leaf hash of a line's bytes (RFC 9162 section 2.1.1): its name in every reference. */
    static Hash leaf(byte[] bytes) {
        return Hash.sha256(new byte[] {0}, bytes);
    }

    /** Returns the JSON object of this line. */
    Json json();

    /** Returns all texts of this line, which must be in exactly the office's languages. */
    List<Texts> texts();

    /**
     * Returns the bytes to publish.
     *
     * @throws IllegalArgumentException if this record was put together against the rules; the message says which
     */
    default byte[] print() {
        byte[] bytes = json().print();
        try {
            if (!parse(bytes).equals(this)) {
                throw new IllegalArgumentException("A line does not come back from its bytes.");
            }
        } catch (MalformedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return bytes;
    }
}
