/**
 * What an office's server answers (spec/http.md). A handler parses, makes one call into {@code office} and encodes;
 * {@link Failure} is the one table from what went wrong to what is said. There is no access log, and nothing here can be
 * given a showing, a stamp or a visit.
 */
package org.safeconduct.app.http;
