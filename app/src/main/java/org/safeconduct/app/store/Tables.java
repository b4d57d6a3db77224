package org.safeconduct.app.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.crypto.MalformedException;

/** What an act can do with the store; valid only while the act runs, and undone as a whole if it throws. */
public final class Tables {
    private final Handle handle;

    Tables(Handle handle) {
        this.handle = handle;
    }

    /** Returns what is stored under the name. */
    public Optional<byte[]> meta(String name) {
        return query("meta-get").bind("name", name).mapTo(byte[].class).findOne();
    }

    /** Stores a value under a name other than {@code turn}. */
    public void putMeta(String name, byte[] value) {
        update("meta-put").bind("name", name).bind("value", value).execute();
    }

    /** Waits until no other act holds the turn, and holds it until this act ends: for acts that append lines. */
    public void takeTurn() {
        update("meta-lock").bind("value", new byte[1]).execute();
    }

    /** Returns the lines from a position on, each with exactly its published bytes. */
    public List<byte[]> lines(long from) {
        return query("line-list").bind("from", from).mapTo(byte[].class).list();
    }

    /** Returns how many lines there are. */
    public long size() {
        return query("line-count").mapTo(long.class).one();
    }

    /** Appends a line; its position must be the number of lines before it. */
    public void append(long position, Hash leaf, byte[] line) {
        update("line-append").bind("position", position).bind("leaf", leaf.bytes()).bind("line", line).execute();
    }

    /**
     * Stores a signed checkpoint.
     *
     * @throws StoreException {@link StoreException.Kind#CONTRADICTION} if this size was signed with another root
     */
    public void putCheckpoint(long size, Hash root, String note) {
        int rows = update("checkpoint-put").bind("size", size).bind("root", root.bytes()).bind("note", note).execute();
        if (rows != 1) {
            throw new StoreException(StoreException.Kind.CONTRADICTION);
        }
    }

    /** Returns the checkpoint of the largest size. */
    public Optional<String> checkpoint() {
        return query("checkpoint-latest").mapTo(String.class).findOne();
    }

    /** Keeps the wrapped secret key of an epoch. */
    public void putEpochKey(Hash epoch, byte[] wrapped) {
        update("epoch-key-put").bind("epoch", epoch.bytes()).bind("wrapped", wrapped).execute();
    }

    /** Returns the wrapped secret key of an epoch that is not closed. */
    public Optional<byte[]> epochKey(Hash epoch) {
        return query("epoch-key-get").bind("epoch", epoch.bytes()).mapTo(byte[].class).findOne();
    }

    /**
     * Adds an offer that nobody has redeemed.
     *
     * @param tx keyed hash of the second code, or null if none is needed
     * @param tries how many wrong second codes lock it
     * @return false, and nothing is added, if the person already has an offer of this generation in this scheme
     */
    public boolean addRight(Right offer, Hash tx, int tries) {
        return addRights(List.of(new NewRight(offer, tx)), tries)[0] == 1;
    }

    /** An offer to be stored, with the keyed hash of its second code or null. */
    public record NewRight(Right offer, Hash tx) {}

    /** As {@link #addRight}, for many at once; returns 1 or 0 for each. */
    public int[] addRights(List<NewRight> offers, int tries) {
        PreparedBatch batch = handle.prepareBatch(Sql.text("enrolment-add"));
        for (NewRight added : offers) {
            Right offer = added.offer();
            batch.bind("offer", offer.offer().bytes()).bind("scheme", offer.scheme().bytes())
                    .bind("person", offer.person().bytes()).bind("generation", offer.generation())
                    .bind("values", Right.join(offer.values())).bind("tx", added.tx() == null ? null : added.tx().bytes())
                    .bind("tries", tries).add();
        }
        return batch.execute();
    }

    /** Returns the hashes of the commitments that have a pass of an epoch: what two stores can be compared by. */
    public Set<Hash> commitments(Hash epoch) {
        return query("issued-commitments").bind("epoch", epoch.bytes()).mapTo(byte[].class).map(Tables::hash).collect(Collectors.toSet());
    }

    /** Returns how many persons hold the right of a scheme. */
    public long holders(Hash scheme) {
        return query("enrolment-count").bind("scheme", scheme.bytes()).mapTo(long.class).one();
    }

    /** Returns the newest offer of a person. */
    public Optional<Right> latestRight(Hash scheme, Hash person) {
        return query("enrolment-latest").bind("scheme", scheme.bytes()).bind("person", person.bytes())
                .map((row, _) -> Right.read(row)).findOne();
    }

    /** Deletes all offers of a person, or only those that nobody redeemed; returns how many. */
    public int withdraw(Hash scheme, Hash person, boolean unredeemedOnly) {
        return update(unredeemedOnly ? "enrolment-withdraw-unredeemed" : "enrolment-withdraw")
                .bind("scheme", scheme.bytes()).bind("person", person.bytes()).execute();
    }

    /** Forgets everybody who holds the right of a scheme; returns how many offers that were. */
    public int forgetHolders(Hash scheme) {
        return update("enrolment-forget").bind("scheme", scheme.bytes()).execute();
    }

    /** How many passes of an epoch were issued, replacements included, and how many of them were replacements. */
    public record Issued(long issued, long replaced) {}

    /** Returns what was issued in an epoch that is not closed. */
    public Issued issued(Hash epoch) {
        return query("issued-count").bind("epoch", epoch.bytes()).map((row, context) ->
                new Issued(row.getLong("persons") + row.getLong("replaced"), row.getLong("replaced"))).one();
    }

    /** Forgets everything about an epoch but its public lines: commitments, daily counts and secret key. */
    public void forgetEpoch(Hash epoch) {
        for (String statement : List.of("issued-delete", "day-delete", "epoch-key-delete")) {
            update(statement).bind("epoch", epoch.bytes()).execute();
        }
    }

    /** Returns what can be done with what the authority keeps. */
    public AuthorityTables authority() {
        return new AuthorityTables(handle);
    }

    private Query query(String name) {
        return handle.createQuery(Sql.text(name));
    }

    private Update update(String name) {
        return handle.createUpdate(Sql.text(name));
    }

    static Hash hash(byte[] stored) {
        try {
            return Hash.parse(stored);
        } catch (MalformedException e) {
            throw new StoreException(StoreException.Kind.DAMAGED, e);
        }
    }
}
