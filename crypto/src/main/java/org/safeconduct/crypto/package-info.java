/** The two ways in which cryptography says no: bytes that are malformed, and checks that do not hold. */
package org.safeconduct.crypto;
