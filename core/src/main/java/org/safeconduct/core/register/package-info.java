/**
 * The register of one office: the only thing that is trusted, readable by everybody.
 *
 * <p>A {@link org.safeconduct.core.register.Line} is valid by itself, a {@link org.safeconduct.core.register.Register}
 * is a list of lines that are valid in their order, a {@link org.safeconduct.core.register.Checkpoint} is the office's
 * signature under it, and a {@link org.safeconduct.core.register.KnownRegister} is what one client holds and defends
 * against an office that shows different registers to different people.
 *
 * <p>Specification: spec/register.md. Trees follow RFC 9162, checkpoints C2SP tlog-checkpoint and tlog-cosignature.
 */
package org.safeconduct.core.register;
