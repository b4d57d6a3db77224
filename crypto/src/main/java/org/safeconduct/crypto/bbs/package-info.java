/**
 * BBS signatures: selective disclosure, blind issuance, pseudonyms. Ciphersuite {@code BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_}.
 *
 * <p>Pinned here and in the manifest of the jar, nowhere else:
 * <ul>
 *   <li>{@link org.safeconduct.crypto.bbs.Bbs}: draft-irtf-cfrg-bbs-signatures-06 (later revisions have not changed the octets)</li>
 *   <li>{@link org.safeconduct.crypto.bbs.BlindBbs}: draft-irtf-cfrg-bbs-blind-signatures-02</li>
 *   <li>{@link org.safeconduct.crypto.bbs.NymBbs}: draft-irtf-cfrg-bbs-per-verifier-linkability-03</li>
 * </ul>
 * Where a draft's text and its published vectors disagree, the vectors win: e of a blind signature hashes (SK, B) without the domain.
 *
 * <p><b>One machine under three interfaces.</b> Each interface signs a row of scalars: messages, then the blind that hides a
 * commitment, then committed messages, then nym secrets. {@code Generators} holds the points of that row and one table for them;
 * {@code Signing}, {@code Proving} and {@code Opening} know nothing but the row. The public classes map messages to it.
 *
 * <p><b>Failures.</b> Bytes from outside: {@link org.safeconduct.crypto.MalformedException}. A check that does not hold:
 * {@link org.safeconduct.crypto.VerificationException}. A wrong number of messages, an index out of range or given twice:
 * {@link java.lang.IllegalArgumentException}. A closed secret: {@link java.lang.IllegalStateException}.
 */
package org.safeconduct.crypto.bbs;
