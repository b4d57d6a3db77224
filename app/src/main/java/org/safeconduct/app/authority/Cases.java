package org.safeconduct.app.authority;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.safeconduct.app.office.Desk;
import org.safeconduct.app.office.OfficeException;
import org.safeconduct.app.office.Vault;
import org.safeconduct.app.office.WrongCodes;
import org.safeconduct.app.store.StoredCase;
import org.safeconduct.app.store.Tables;
import org.safeconduct.core.presence.AuthorityKeys;
import org.safeconduct.core.presence.Case;
import org.safeconduct.core.presence.Hour;
import org.safeconduct.core.presence.Notice;
import org.safeconduct.core.presence.Upload;
import org.safeconduct.core.presence.UploadToken;
import org.safeconduct.core.presence.VenueHour;
import org.safeconduct.core.presence.Warning;
import org.safeconduct.core.register.Authority;
import org.safeconduct.core.register.Placed;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Json;
import org.safeconduct.crypto.MalformedException;
import org.safeconduct.crypto.VerificationException;

/**
 * The authority's cases (spec/presence.md sections 5.1 to 5.3). A case is open until its venue has uploaded, once; then a
 * person looks at it and it is published, or withdrawn. Both close it for good and destroy what the venue sent.
 */
public final class Cases {
    private static final int HOURS_A_DAY = 24;
    /** Stands in stored uploads for the token, which is kept nowhere. */
    private static final UploadToken NO_TOKEN = noToken();

    private final Desk desk;
    private final Vault vault;
    private final WrongCodes wrongTokens = new WrongCodes();
    /** Counted for themselves: they are nobody's mistake, and no mistake of somebody hides among them. */
    private final WrongCodes dummies = new WrongCodes();

    private Cases(Desk desk) {
        this.desk = desk;
        this.vault = desk.vault();
    }

    /** Returns the cases of an office's authority. */
    public static Cases of(Desk desk) {
        return new Cases(desk);
    }

    /** A case that was opened, and its token, which is kept nowhere else. */
    public record Opened(long number, UploadToken token) {}

    /**
     * Permits one upload.
     *
     * @param region id of a region
     * @param from first hour that may be warned
     * @param until last hour
     * @throws OfficeException if there is no such region, or phones have forgotten all these hours
     */
    public Opened open(String region, Hour from, Hour until) {
        Authority authority = authority().line();
        List<String> ids = authority.regions().stream().map(named -> named.id()).toList();
        if (!ids.contains(region)) {
            throw new OfficeException("The authority has no such region. It has: " + String.join(", ", ids) + ".");
        }
        if (from.compareTo(until) > 0) {
            throw new OfficeException("The last hour is before the first one.");
        }
        if (until.compareTo(oldest(authority)) < 0) {
            throw new OfficeException("These hours are over the retention time of %d days: no phone holds them any more. No case was opened."
                    .formatted(authority.retention()));
        }
        UploadToken token = UploadToken.random(vault.random());
        Case opened = Case.open(token, ids.indexOf(region), from, until);
        return vault.store().write(tables -> {
            tables.takeTurn();
            return new Opened(tables.authority().addCase(opened.token(), opened.region(), from.number(), until.number()), token);
        });
    }

    /** Returns all cases, oldest first. */
    public List<StoredCase> list() {
        return vault.store().read(tables -> tables.authority().cases());
    }

    /** A case, and the hours that wait to be confirmed, none unless its venue has uploaded. */
    public record Shown(StoredCase stored, List<VenueHour> hours) {}

    /** @throws OfficeException if there is no case of that number */
    public Shown show(long number) {
        return vault.store().read(tables -> shown(tables, number));
    }

    private static StoredCase stored(Tables tables, long number) {
        return tables.authority().find(number).orElseThrow(() ->
                new OfficeException("There is no case of that number. `authority case list` shows them."));
    }

    private Shown shown(Tables tables, long number) {
        return new Shown(stored(tables, number), tables.authority().upload(number).map(wrapped -> hours(number, wrapped)).orElse(List.of()));
    }

    private List<VenueHour> hours(long number, byte[] wrapped) {
        try {
            return Upload.stored(vault.unwrap(purpose(number), wrapped)).hours();
        } catch (MalformedException e) {
            throw new OfficeException("What the venue sent is damaged in the store. Restore the store from a backup, or withdraw the case.", e);
        }
    }

    /**
     * Takes what a venue sends, all or nothing, durably before it returns; a dummy is dropped (5.2). Looks for the token
     * before it computes anything, so that who has none costs little. Whoever answers must not say which it was.
     *
     * @throws MalformedException if it is not of the form of section 5.2
     * @throws UploadRefusedException if the token does not count, the case does not permit it, or too many dummies came
     */
    public void take(byte[] body) throws MalformedException, UploadRefusedException {
        Map<String, Json> members = Json.parseLoosely(body, Upload.LONGEST).members("posters", "token");
        Hash token = UploadToken.parse(members.get("token").string()).hash();
        boolean dummy = members.get("posters").items(0, Upload.MOST_POSTERS).isEmpty();
        if (dummy && dummies.count(vault.now())) {
            throw new UploadRefusedException(UploadRefusedException.Reason.SLOW_DOWN, "Too many dummies came in just now. Nothing is lost.");
        }
        // For a dummy too: where the store is down, neither is answered as usual.
        StoredCase stored = vault.store().read(tables -> tables.authority().openCase(token)).orElse(null);
        if (dummy) {
            return;
        }
        if (stored == null) {
            throw unknown();
        }
        byte[] kept = vault.wrap(purpose(stored.number()), new Upload(NO_TOKEN, accepted(body, stored)).print());
        if (!vault.store().write(tables -> tables.authority().takeUpload(stored.number(), kept))) {
            throw unknown();
        }
    }

    private List<VenueHour> accepted(byte[] body, StoredCase stored) throws MalformedException, UploadRefusedException {
        Case permitted = new Case(stored.token(), stored.region(), new Hour(stored.from()), new Hour(stored.until()));
        try {
            return permitted.accept(Upload.parse(body, vault.random()), authority(), vault.now(), vault.random());
        } catch (VerificationException e) {
            throw new UploadRefusedException(UploadRefusedException.Reason.CONTENT,
                    e.getMessage() + " Nothing was taken; the token can still be used.");
        }
    }

    /** Counted without knowing whose it was: tokens have 128 bits, so this only keeps guessing from being worth the noise. */
    private UploadRefusedException unknown() {
        if (wrongTokens.count(vault.now())) {
            return new UploadRefusedException(UploadRefusedException.Reason.SLOW_DOWN,
                    "Too many wrong tokens came in just now. See that every digit is right, and send the answer again in a minute.");
        }
        return new UploadRefusedException(UploadRefusedException.Reason.TOKEN,
                "This token is unknown, used or withdrawn. See that every digit is right, or ask the authority for a new one.");
    }

    /**
     * Publishes the warnings of cases that a person has looked at (5.3), in one batch for each region: adds the authority's
     * parts, tests every key, and destroys what the venues sent. What was shown is what is published: a case takes one upload.
     *
     * @param numbers of the cases; all are published or none
     * @return what was published, by region
     * @throws OfficeException if there is nothing to confirm, phones have forgotten the hours, or a key opens nothing
     */
    public List<Publication.Published> confirm(SortedSet<Long> numbers, Notice notice) {
        Placed<Authority> authority = authority();
        List<Shown> shown = vault.store().read(tables -> numbers.stream().map(number -> shown(tables, number)).toList());
        List<VenueHour> hours = shown.stream().flatMap(each -> remembered(each, authority.line()).stream()).toList();
        try (AuthorityKeys keys = vault.store().read(tables -> Authorities.keys(vault, tables, authority.leaf()))) {
            // Before the act, which holds the store: nobody else writes meanwhile.
            List<Warning> warnings = keys.confirm(hours, notice, vault.random());
            List<Publication.Published> published = vault.store().write(tables -> {
                tables.takeTurn();
                for (long number : numbers) {
                    requireUploaded(stored(tables, number));
                    tables.authority().closeCase(number, StoredCase.State.PUBLISHED);
                }
                return new Publication(vault, authority.leaf(), keys).publish(tables.authority(), shown.stream().map(Shown::stored).toList(), hours, warnings);
            });
            vault.store().settle();
            return published;
        } catch (VerificationException e) {
            throw new OfficeException("Nothing was published. " + e.getMessage() + (numbers.size() > 1 ? " Confirm each case alone to see which it is."
                    : " Withdraw the case, and open a new one for the venue."), e);
        }
    }

    /**
     * Publishes one case alone.
     *
     * @see #confirm(SortedSet, Notice)
     */
    public Publication.Published confirm(long number, Notice notice) {
        return confirm(new TreeSet<>(List.of(number)), notice).getFirst();
    }

    private static void requireUploaded(StoredCase stored) {
        switch (stored.state()) {
            case OPEN -> throw new OfficeException("The venue has not uploaded yet. The authority alone cannot warn; give the venue its token.");
            case PUBLISHED -> throw new OfficeException("This case was published before. Phones may have read it; it is not published twice.");
            case WITHDRAWN -> throw new OfficeException("This case was withdrawn, and what the venue sent is destroyed. Open a new one.");
            case UPLOADED -> { }
        }
    }

    /**
     * Returns the hours that would be published: those that phones still hold, because a case may have waited.
     *
     * @throws OfficeException if there is none
     */
    public List<VenueHour> remembered(Shown shown) {
        return remembered(shown, authority().line());
    }

    private List<VenueHour> remembered(Shown shown, Authority authority) {
        requireUploaded(shown.stored);
        Hour oldest = oldest(authority);
        List<VenueHour> hours = shown.hours.stream().filter(hour -> hour.hour().compareTo(oldest) >= 0).toList();
        if (hours.isEmpty()) {
            throw new OfficeException("All hours of this case are over the retention time by now: no phone holds them. Withdraw the case.");
        }
        return hours;
    }

    /**
     * Closes a case without a warning and destroys what the venue sent.
     *
     * @throws OfficeException if it is published, which nobody can take back, or was withdrawn before
     */
    public void withdraw(long number) {
        vault.store().write(tables -> {
            tables.takeTurn();
            StoredCase stored = stored(tables, number);
            if (stored.state() == StoredCase.State.PUBLISHED) {
                throw new OfficeException("This case is published. Phones have read it or will; a warning cannot be taken back.");
            }
            if (!tables.authority().closeCase(number, StoredCase.State.WITHDRAWN)) {
                throw new OfficeException("This case was withdrawn before.");
            }
            return null;
        });
        vault.store().settle();
    }

    /** Returns the oldest hour that phones still hold. */
    private Hour oldest(Authority authority) {
        return Hour.of(vault.now()).plus(1 - authority.retention() * HOURS_A_DAY);
    }

    private Placed<Authority> authority() {
        return Authorities.of(desk.register());
    }

    private static UploadToken noToken() {
        try {
            return UploadToken.parse("0".repeat(26));
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String purpose(long number) {
        return "upload " + number;
    }
}
