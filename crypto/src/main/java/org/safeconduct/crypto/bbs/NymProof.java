package org.safeconduct.crypto.bbs;

import java.util.Optional;

/**
 * What a holder shows.
 *
 * @param proof     the proof
 * @param pseudonym the holder's pseudonym in the asked context; empty if no context was asked
 */
public record NymProof(BbsProof proof, Optional<Pseudonym> pseudonym) {}
