/**
 * What an office does, above the store and without HTTP or a terminal.
 *
 * <p>{@link Desk} has the acts that change the register: init, publish, open epochs, stop, close, cosign, rotate.
 * {@link Enrolment} says who holds a right and hands out offers. {@link Issuance} redeems offers and issues passes.
 * {@link PublishedRegister} is what everybody may read. Each act is one transaction that leaves everything as it was
 * if it fails. Time and randomness are arguments.
 */
package org.safeconduct.app.office;
