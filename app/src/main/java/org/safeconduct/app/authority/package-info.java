/**
 * The authority of an office (spec/presence.md sections 5 and 6): without it no venue can warn, and it cannot without one.
 *
 * <p>{@link Authorities} sets it up; {@link Cases} opens permissions to upload, takes what a venue sends, and publishes
 * when a person confirms; {@link Publication} makes batch, index and slips; {@link PublishedWarnings} is what everybody
 * reads. What a venue sent lies wrapped in the store until somebody confirms or withdraws, and nowhere afterwards.
 */
package org.safeconduct.app.authority;
