package org.safeconduct.core.register;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.safeconduct.core.wire.Json;
import org.safeconduct.core.wire.Time;
import org.safeconduct.crypto.MalformedException;

/**
 * What a pass is for, what it can say, and when it all ends (spec/register.md section 2.3).
 *
 * @param ahead 1 to 31: how many epochs ahead of the running one a pass may be fetched
 * @param attributes 0 to 8, in the order of the signed messages
 * @param dailyCap 1 to 100,000,000: passes issued at most per epoch and day
 * @param defaults indexes of the attributes that the default question discloses
 * @param defaultScope the scope that the default question stamps for, if it does
 * @param zone IANA zone name, for display
 * @param paper what a paper shows, if there are papers
 * @param replacement whether a lost pass may be issued again within its epoch
 * @param scopes 1 to 4; their number is N, the number of nym secrets
 * @param specialBasis the legal basis of special attributes; there exactly if there are any
 * @param specimen whether passes of this scheme prove nothing
 * @param sunset from then on nothing of this scheme is valid
 */
public record Scheme(int ahead, List<Attribute> attributes, int dailyCap, List<Integer> defaults,
        OptionalInt defaultScope, EpochKind kind, String zone, String id, Texts legalBasis, Texts names,
        Optional<Paper> paper, Texts purpose, boolean replacement, List<Named> scopes, Optional<Texts> specialBasis,
        boolean specimen, Instant sunset) implements Line {
    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}");

    /**
     * The paper question: what a paper discloses and stamps for.
     *
     * @param attributes indexes of identity attributes
     */
    public record Paper(List<Integer> attributes, OptionalInt scope) {
        public Paper {
            attributes = List.copyOf(attributes);
        }
    }

    public Scheme {
        attributes = List.copyOf(attributes);
        defaults = List.copyOf(defaults);
        scopes = List.copyOf(scopes);
    }

    /**
     * Reads a scheme that a person wrote: members in any order, white space, {@code type} left out.
     *
     * @throws MalformedException if it does not make a valid line
     */
    public static Scheme draft(byte[] file) throws MalformedException {
        Map<String, Json> members = new TreeMap<>(Json.parseLoosely(file, 4 * Json.LONGEST_LINE).members());
        members.putIfAbsent("type", Json.of("scheme"));
        if (Line.parse(Json.of(members).print()) instanceof Scheme scheme) {
            return scheme;
        }
        throw new MalformedException("This is a line, but not a scheme.");
    }

    static Scheme read(Json json) throws MalformedException {
        Map<String, Json> m = json.members("ahead", "attributes", "daily_cap", "default", "default_scope", "epoch", "id",
                "legal_basis", "names", "paper", "purpose", "replacement", "scopes", "special_basis", "specimen",
                "sunset", "type");
        List<Attribute> attributes =
                Fields.different(Fields.list(m.get("attributes"), 0, 8, Attribute::read), Attribute::id);
        List<Named> scopes = Fields.different(Fields.list(m.get("scopes"), 1, 4, Named::read), Named::id);
        Map<String, Json> epoch = m.get("epoch").members("kind", "zone");
        return new Scheme((int) m.get("ahead").whole(1, 31), attributes,
                (int) m.get("daily_cap").whole(1, 100_000_000),
                Fields.indexes(m.get("default"), attributes.size()),
                Fields.indexOrNull(m.get("default_scope"), scopes.size() == 1 ? 1 : 0),
                EpochKind.read(epoch.get("kind")), zone(epoch.get("zone").string()), Fields.id(m.get("id")),
                Texts.texts(m.get("legal_basis")), Texts.names(m.get("names")),
                paper(m.get("paper"), attributes, scopes.size()), Texts.texts(m.get("purpose")),
                m.get("replacement").truth(), scopes, specialBasis(m.get("special_basis"), attributes),
                m.get("specimen").truth(), Time.parse(m.get("sunset").string()));
    }

    private static String zone(String zone) throws MalformedException {
        if (zone.length() > 64 || !ZONE.matcher(zone).matches()) {
            throw new MalformedException("A zone looks like Europe/Berlin.");
        }
        return zone;
    }

    private static Optional<Paper> paper(Json json, List<Attribute> attributes, int scopes) throws MalformedException {
        if (json.isNull()) {
            return Optional.empty();
        }
        Map<String, Json> m = json.members("attributes", "scope");
        List<Integer> indexes = Fields.indexes(m.get("attributes"), attributes.size());
        if (!indexes.stream().allMatch(index -> attributes.get(index).identity())) {
            throw new MalformedException("A paper shows identity attributes only.");
        }
        return Optional.of(new Paper(indexes, Fields.indexOrNull(m.get("scope"), scopes)));
    }

    private static Optional<Texts> specialBasis(Json json, List<Attribute> attributes) throws MalformedException {
        if (json.isNull() == attributes.stream().anyMatch(Attribute::special)) {
            throw new MalformedException("A special category has a legal basis of its own, and nothing else has.");
        }
        return json.isNull() ? Optional.empty() : Optional.of(Texts.texts(json));
    }

    @Override
    public Json json() {
        return Json.object("ahead", ahead, "attributes", attributes.stream().map(Attribute::json).toList(),
                "daily_cap", dailyCap, "default", defaults, "default_scope", Fields.indexOrNull(defaultScope),
                "epoch", Json.object("kind", kind.word(), "zone", zone), "id", id, "legal_basis", legalBasis.json(),
                "names", names.json(),
                "paper", paper.map(p -> Json.object("attributes", p.attributes, "scope", Fields.indexOrNull(p.scope)))
                        .orElse(null),
                "purpose", purpose.json(), "replacement", replacement,
                "scopes", scopes.stream().map(Named::json).toList(),
                "special_basis", specialBasis.map(Texts::json).orElse(null), "specimen", specimen,
                "sunset", Time.print(sunset), "type", "scheme");
    }

    @Override
    public List<Texts> texts() {
        List<Texts> texts = new ArrayList<>(List.of(legalBasis, names, purpose));
        attributes.forEach(attribute -> texts.add(attribute.names()));
        scopes.forEach(scope -> texts.add(scope.names()));
        specialBasis.ifPresent(texts::add);
        return texts;
    }
}
