/**
 * Where an office keeps what it must: SQLite in one file, or PostgreSQL for several nodes, by the same SQL.
 *
 * <p>{@link Store} opens and upgrades a store and runs acts, each in one transaction. {@link Tables} is what an act can
 * do. Issuing does not go through acts: {@link GroupCommit} gathers the requests that arrive together into one
 * transaction, because a durable commit costs the same for one as for two hundred.
 *
 * <p>Nothing here knows what a line, a pass or a key means; it stores hashes, wrapped keys and published bytes.
 */
package org.safeconduct.app.store;
