package org.safeconduct.core.presence;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.safeconduct.core.wire.Cbor;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;
import org.safeconduct.crypto.ibe.IdentityKey;
import org.safeconduct.crypto.ibe.KeyBatch;

/**
 * What a venue sends for a case: its parts for some hours (spec/presence.md section 5.2). Tells nothing of visitors, of
 * whom the venue knows nothing. {@link Case#accept} says whether it counts.
 *
 * @param hours different ones, grouped by poster, ascending
 */
public record Upload(UploadToken token, List<VenueHour> hours) {
    /** Most posters of an upload. */
    public static final int MOST_POSTERS = 16;
    /** Most hours of one poster. */
    public static final int MOST_HOURS = 48;
    /** Longest JSON, in bytes. */
    public static final int LONGEST = 1 << 18;

    public Upload {
        hours = List.copyOf(hours);
    }

    /**
     * Reads the body of {@code POST /authority/upload}.
     *
     * @param random for the weights with which the proofs are verified together
     * @throws MalformedException if it is not of that form, repeats a poster, or its hours do not ascend
     * @throws VerificationException if a poster's proof of possession does not hold
     */
    public static Upload parse(byte[] json, SecureRandom random) throws MalformedException, VerificationException {
        Upload upload = stored(json);
        KeyBatch proofs = new KeyBatch();
        upload.hours.stream().map(VenueHour::venue).distinct().forEach(venue -> venue.proveIn(proofs));
        if (!proofs.verify(random).isEmpty()) {
            throw new VerificationException("Possession of a poster's key is not proved.");
        }
        return upload;
    }

    /**
     * Reads what an authority stored under its own key after it was accepted: the proofs were verified then.
     *
     * @throws MalformedException as {@link #parse}
     */
    public static Upload stored(byte[] json) throws MalformedException {
        Map<String, Json> m = Json.parseLoosely(json, LONGEST).members("posters", "token");
        UploadToken token = UploadToken.parse(m.get("token").string());
        List<VenueHour> hours = new ArrayList<>();
        Set<VenueCode> seen = new HashSet<>();
        for (Json poster : m.get("posters").items(1, MOST_POSTERS)) {
            Map<String, Json> p = poster.members("hours", "venue");
            VenueCode venue = venue(p.get("venue").string());
            if (!seen.add(venue)) {
                throw new MalformedException("An upload repeats a poster.");
            }
            hours(venue, p.get("hours").items(1, MOST_HOURS), hours);
        }
        return new Upload(token, hours);
    }

    private static VenueCode venue(String hex) throws MalformedException {
        if (hex.length() > 2 * Cbor.LONGEST) {
            throw new MalformedException("A venue code is not that long.");
        }
        return VenueCode.read(Hex.parse(hex, hex.length() / 2));
    }

    private static void hours(VenueCode venue, List<Json> items, List<VenueHour> into) throws MalformedException {
        long before = -1;
        for (Json item : items) {
            Map<String, Json> h = item.members("hour", "part", "slip");
            long hour = h.get("hour").whole(0, Integer.MAX_VALUE);
            String slip = h.get("slip").string();
            if (hour <= before || !VenueHour.isSlip(slip)) {
                throw new MalformedException("The hours of an upload do not ascend, or a slip code is none.");
            }
            before = hour;
            IdentityKey part = IdentityKey.parse(Hex.parse(h.get("part").string(), IdentityKey.BYTES));
            into.add(new VenueHour(venue, new Hour((int) hour), part, slip));
        }
    }

    /** Returns the JSON to send. */
    public byte[] print() {
        Map<VenueCode, TreeMap<Hour, Object>> posters = new LinkedHashMap<>();
        for (VenueHour h : hours) {
            posters.computeIfAbsent(h.venue(), v -> new TreeMap<>()).put(h.hour(),
                    Json.object("hour", h.hour().number(), "part", Hex.print(h.part().toBytes()), "slip", h.slip()));
        }
        return Json.object("token", token.text(), "posters", posters.entrySet().stream().map(poster -> Json.object(
                "venue", Hex.print(poster.getKey().bytes()), "hours", List.copyOf(poster.getValue().values()))).toList()).print();
    }

    @Override
    public String toString() {
        return "Upload[" + hours.size() + " hours]";
    }
}
