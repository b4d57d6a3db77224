package org.safeconduct.app.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.safeconduct.core.wire.Hash;

/** What an act can do with what the authority keeps; part of {@link Tables}, and like it undone as a whole. */
public final class AuthorityTables {
    private final Handle handle;

    AuthorityTables(Handle handle) {
        this.handle = handle;
    }

    /** Keeps the wrapped secret keys of an authority. */
    public void putKeys(Hash authority, byte[] wrapped) {
        update("authority-key-put").bind("authority", authority.bytes()).bind("wrapped", wrapped).execute();
    }

    /** Returns the wrapped secret keys of an authority. */
    public Optional<byte[]> keys(Hash authority) {
        return query("authority-key-get").bind("authority", authority.bytes()).mapTo(byte[].class).findOne();
    }

    /** Opens a case and returns its number. Take the turn first. */
    public long addCase(Hash token, int region, int from, int until) {
        return query("case-add").bind("token", token.bytes()).bind("region", region).bind("from", from).bind("until", until)
                .mapTo(long.class).one();
    }

    /** Returns all cases, oldest first. */
    public List<StoredCase> cases() {
        return query("case-list").map(AuthorityTables::caseOf).list();
    }

    /** Returns the case of a number. */
    public Optional<StoredCase> find(long number) {
        return query("case-find").bind("number", number).map(AuthorityTables::caseOf).findOne();
    }

    /** Returns the case of a token that was not used or withdrawn. */
    public Optional<StoredCase> openCase(Hash token) {
        return query("case-of-token").bind("token", token.bytes()).map(AuthorityTables::caseOf).findOne();
    }

    private static StoredCase caseOf(ResultSet row, StatementContext context) throws SQLException {
        return new StoredCase(row.getLong("number"), Tables.hash(row.getBytes("token")), row.getInt("region"), row.getInt("from_hour"),
                row.getInt("until_hour"), StoredCase.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)));
    }

    /** Keeps what a venue sent, wrapped, and uses up the token; returns false, and nothing is kept, if that was done before. */
    public boolean takeUpload(long number, byte[] wrapped) {
        return update("case-take").bind("number", number).bind("upload", wrapped).execute() == 1;
    }

    /** Returns what a venue sent, wrapped, until the case is closed. */
    public Optional<byte[]> upload(long number) {
        return query("case-upload").bind("number", number).mapTo(byte[].class).findOne();
    }

    /** Closes a case and forgets what the venue sent; returns false if it was closed before. */
    public boolean closeCase(long number, StoredCase.State state) {
        return update("case-close").bind("number", number).bind("state", state.word()).execute() == 1;
    }

    /**
     * A published batch.
     *
     * @param file its name
     * @param day of publication, days since 1970
     */
    public record Batch(int region, long sequence, Hash file, long day) {}

    /** Keeps a batch file. */
    public void addBatch(Batch batch, byte[] file) {
        update("batch-add").bind("region", batch.region).bind("sequence", batch.sequence).bind("file_hash", batch.file.bytes())
                .bind("batch", file).bind("day", batch.day).execute();
    }

    /** Returns the newest batch of a region. */
    public Optional<Batch> lastBatch(int region) {
        return query("batch-last").bind("region", region).map((row, context) -> new Batch(region, row.getLong("sequence"),
                Tables.hash(row.getBytes("file_hash")), row.getLong("day"))).findOne();
    }

    /** Returns the batch file of a name. */
    public Optional<byte[]> batch(Hash file) {
        return query("batch-find").bind("file_hash", file.bytes()).mapTo(byte[].class).findOne();
    }

    /** Returns the batches published after a day, by region and sequence. */
    public List<Batch> batchesAfter(long day) {
        return query("batch-list").bind("day", day).map((row, context) -> new Batch(row.getInt("region"), row.getLong("sequence"),
                Tables.hash(row.getBytes("file_hash")), row.getLong("day"))).list();
    }

    /** Stores the signed index. */
    public void putIndex(Hash authority, byte[] file) {
        update("index-put").bind("authority", authority.bytes()).bind("file", file).execute();
    }

    /** Returns the signed index. */
    public Optional<byte[]> index() {
        return query("index-get").mapTo(byte[].class).findOne();
    }

    /** The code on a paper slip of an hour. */
    public record Slip(int hour, String code) {}

    /** Lists slips. */
    public void addSlips(Collection<Slip> slips, long day) {
        PreparedBatch batch = handle.prepareBatch(Sql.text("slip-add"));
        slips.forEach(slip -> batch.bind("hour", slip.hour).bind("code", slip.code).bind("day", day).add());
        batch.execute();
    }

    /** Returns the slips listed after a day, by hour and code. */
    public List<Slip> slipsAfter(long day) {
        return query("slip-list").bind("day", day).map((row, context) -> new Slip(row.getInt("hour"), row.getString("code"))).list();
    }

    /** Forgets slips and batches published up to a day, but the newest batch of each region, which the next one names. */
    public void forgetUntil(long day) {
        update("slip-forget").bind("day", day).execute();
        update("batch-forget").bind("day", day).execute();
    }

    /**
     * Forgets cases whose last hour is before one, whatever became of them, and of the newest case what its venue sent;
     * returns how many.
     */
    public int forgetCases(int hour) {
        return update("case-forget").bind("hour", hour).execute() + update("case-forget-newest").bind("hour", hour).execute();
    }

    private Query query(String name) {
        return handle.createQuery(Sql.text(name));
    }

    private Update update(String name) {
        return handle.createUpdate(Sql.text(name));
    }
}
