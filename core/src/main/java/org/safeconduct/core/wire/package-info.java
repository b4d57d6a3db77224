/**
 * The forms in which everything travels: canonical CBOR, canonical JSON, Base45 codes, hex, times, hashes, Ed25519.
 *
 * <p>Each form has exactly one way to write a value. Parsing is total and eager: it returns a value that obeys every
 * rule of its form, or throws {@link org.safeconduct.crypto.MalformedException}, in time linear in the (bounded) input.
 * Nothing here knows what a pass or a register line means.
 *
 * <p>Specification: spec/register.md section 1, spec/pass.md section 2.
 */
package org.safeconduct.core.wire;
