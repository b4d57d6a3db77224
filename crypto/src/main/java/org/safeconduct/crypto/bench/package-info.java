/** Measures every operation beside its lower bound, in one run. */
package org.safeconduct.crypto.bench;
