package org.safeconduct.app.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.safeconduct.core.wire.Hash;

/**
 * The reader of issuing on PostgreSQL, where each statement is a trip to the server: looks up together all rights that are
 * asked for while one look-up is under way. Nothing waits for a timer, and what is answered was read after it was asked for.
 */
final class GroupRead implements AutoCloseable {
    private final HikariDataSource readers;
    private final BlockingQueue<Asked> queue = new ArrayBlockingQueue<>(GroupCommit.LONGEST_QUEUE);
    private final Thread thread;
    private volatile boolean open = true;

    GroupRead(HikariDataSource readers) {
        this.readers = readers;
        this.thread = Thread.ofPlatform().name("group read").daemon().start(this::run);
    }

    private record Asked(Hash offer, CompletableFuture<Optional<Right>> answer) {}

    /** See {@link Store#right}. */
    Optional<Right> right(Hash offer) {
        Asked asked = new Asked(offer, new CompletableFuture<>());
        if (!open || !queue.offer(asked)) {
            throw new StoreException(open ? StoreException.Kind.OVERLOADED : StoreException.Kind.DOWN);
        }
        try {
            return asked.answer.join();
        } catch (CompletionException e) {
            throw StoreException.of(e.getCause());
        }
    }

    private void run() {
        List<Asked> group = new ArrayList<>(GroupCommit.LARGEST_GROUP);
        try {
            while (open) {
                group.add(queue.take());
                queue.drainTo(group, GroupCommit.LARGEST_GROUP - 1);
                answer(group);
                group.clear();
            }
        } catch (InterruptedException e) {
            open = false;
        }
        queue.drainTo(group);
        group.forEach(asked -> asked.answer.completeExceptionally(new StoreException(StoreException.Kind.DOWN)));
    }

    private void answer(List<Asked> group) {
        try {
            Map<Hash, Right> found = find(group);
            group.forEach(asked -> asked.answer.complete(Optional.ofNullable(found.get(asked.offer))));
        } catch (SQLException | RuntimeException e) {
            group.forEach(asked -> asked.answer.completeExceptionally(e));
        }
    }

    private Map<Hash, Right> find(List<Asked> group) throws SQLException {
        Map<Hash, Right> found = new HashMap<>();
        try (Connection connection = readers.getConnection();
                PreparedStatement statement = connection.prepareStatement(Sql.text("offer-find-all"))) {
            statement.setArray(1, connection.createArrayOf("bytea", group.stream().map(asked -> asked.offer.bytes()).toArray(byte[][]::new)));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Right right = Right.read(row);
                    found.put(right.offer(), right);
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        open = false;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
