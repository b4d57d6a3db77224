/**
 * Bytes from outside that are not what they claim to be: wrong length, not canonical, not on the curve, outside the
 * subgroup, the identity, or a scalar out of range. Says nothing about anybody's rights.
 */
export class MalformedError extends Error {
  override readonly name = 'MalformedError';
}

/** A well-formed signature, commitment or proof that does not hold. Thrown by every `verify` and by `finalise`. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError';
}
