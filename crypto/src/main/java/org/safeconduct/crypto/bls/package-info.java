/**
 * BLS12-381 over libblst, called through the Foreign Function and Memory API. Not exported: seen by {@code bbs},
 * {@code ibe} and {@code bench} alone.
 *
 * <p>Two kinds of number live here, and the type says which is which. A {@link org.safeconduct.crypto.bls.Scalar} is
 * public: it sits on the heap, and what multiplies by it may look up tables. A
 * {@link org.safeconduct.crypto.bls.SecretScalar} sits in native memory owned by a
 * {@link org.safeconduct.crypto.bls.Vault}, takes part in constant-time calls only, prints as {@code SecretScalar[secret]} and
 * is wiped when its vault closes. Points are immutable values; they count as public.
 */
package org.safeconduct.crypto.bls;
