package org.safeconduct.core.pass;

/** What a wallet makes of a question: it puts it to its holder, or does not answer. */
public sealed interface Reply permits Consent, NoAnswer {}
