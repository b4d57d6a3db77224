/**
 * Passes: issuing, questions, showings, and a door's verdict.
 *
 * <p>The way of a pass, down once and back once: the wallet makes a {@link org.safeconduct.core.pass.PendingPass} and sends
 * its {@link org.safeconduct.core.pass.PassRequest}; an {@link org.safeconduct.core.pass.Issuer} answers with a
 * {@link org.safeconduct.core.pass.PassGrant}; the pending pass receives it and becomes a
 * {@link org.safeconduct.core.pass.Pass}. A {@link org.safeconduct.core.pass.Question} is put to the holder as a
 * {@link org.safeconduct.core.pass.Consent} and answered by a {@link org.safeconduct.core.pass.Showing}, of which a
 * {@link org.safeconduct.core.pass.Checker} makes a {@link org.safeconduct.core.pass.Verdict}.
 *
 * <p>Parsing is total and eager. Bad bytes throw {@link org.safeconduct.crypto.MalformedException}; what a person meets
 * ({@link org.safeconduct.core.pass.Verdict}, {@link org.safeconduct.core.pass.Reply}) is a value. Time and randomness are
 * arguments.
 *
 * <p>Specification: spec/pass.md; spec/http.md section 2 for {@link org.safeconduct.core.pass.Offer}.
 */
package org.safeconduct.core.pass;
