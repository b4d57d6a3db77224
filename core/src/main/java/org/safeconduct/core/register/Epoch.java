package org.safeconduct.core.register;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Time;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.bbs.BbsPublicKey;

/**
 * A span of time in which passes under one key are valid (spec/register.md section 2.5).
 *
 * @param from first second
 * @param holders a power of two or 0: how many hold the right at least
 * @param key the key that signs its passes
 * @param number 0 to 99,999 within the scheme
 * @param spare valid only once the main epoch of its number is stopped
 * @param until the second after the last
 */
public record Epoch(Instant from, long holders, BbsPublicKey key, int number, Hash scheme, boolean spare, Instant until)
        implements Line {

    static Epoch read(Json json) throws MalformedException {
        Map<String, Json> m = json.members("from", "holders", "key", "number", "scheme", "spare", "type", "until");
        Epoch epoch = new Epoch(Time.parse(m.get("from").string()), m.get("holders").whole(0, Json.LARGEST),
                BbsPublicKey.parse(Hex.parse(m.get("key").string(), BbsPublicKey.BYTES)),
                (int) m.get("number").whole(0, 99_999), Hash.parse(m.get("scheme").string()), m.get("spare").truth(),
                Time.parse(m.get("until").string()));
        if (Long.bitCount(epoch.holders) > 1) {
            throw new MalformedException("The number of holders is not a power of two.");
        }
        if (!epoch.from.isBefore(epoch.until)) {
            throw new MalformedException("An epoch ends before it begins.");
        }
        return epoch;
    }

    @Override
    public Json json() {
        return Json.object("from", Time.print(from), "holders", holders, "key", Hex.print(key.toBytes()),
                "number", number, "scheme", scheme, "spare", spare, "type", "epoch", "until", Time.print(until));
    }

    @Override
    public List<Texts> texts() {
        return List.of();
    }
}
