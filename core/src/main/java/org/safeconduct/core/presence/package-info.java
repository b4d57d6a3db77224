/**
 * Check in at a venue, and be warned later, without a trail (spec/presence.md).
 *
 * <p>A venue prints a {@link org.safeconduct.core.presence.VenueCode} and keeps its
 * {@link org.safeconduct.core.presence.TracingSheet}. A visitor's {@link org.safeconduct.core.presence.Diary} seals each
 * visit into a slot that nobody opens, its owner included, until venue and authority together publish the hour's key: a
 * {@link org.safeconduct.core.presence.Warning}. Every phone reads the same
 * {@link org.safeconduct.core.presence.WarningBatch} files and tries them alone; nobody learns who was warned.
 *
 * <p>Time and randomness are arguments everywhere.
 */
package org.safeconduct.core.presence;
