import { bls12_381 } from '@noble/curves/bls12-381.js';
import { describe, expect, it } from 'vitest';
import { IbePublicKey, MalformedError, PossessionProof, VerificationError } from '../src/index.ts';

/** spec/presence.md section 2.2, written with the curve library alone. */
function keyAndProof(secret: bigint) {
  const key = bls12_381.G2.Point.BASE.multiply(secret).toBytes();
  const DST = 'SAFECONDUCT-V01-CS01-POP-G1_XMD:SHA-256_SSWU_RO_';
  const hashed = bls12_381.G1.Point.fromAffine(bls12_381.G1.hashToCurve(key, { DST }).toAffine());
  return { key, proof: hashed.multiply(secret).toBytes() };
}

describe('a proof of possession', () => {
  const [mine, theirs] = [keyAndProof(7n), keyAndProof(8n)] as const;
  const key = IbePublicKey.parse(mine.key);

  it('holdsForItsKeyAlone', () => {
    expect(() => key.verify(PossessionProof.parse(mine.proof))).not.toThrow();
    expect(() => key.verify(PossessionProof.parse(theirs.proof))).toThrow(VerificationError);
    expect(() => IbePublicKey.parse(theirs.key).verify(PossessionProof.parse(mine.proof))).toThrow(VerificationError);
    expect([key.toBytes(), PossessionProof.parse(mine.proof).toBytes()]).toEqual([mine.key, mine.proof]);
  });

  it('isAPointAndSoIsItsKey', () => {
    const infinity = (length: number) => Uint8Array.from({ length }, (_, i) => (i === 0 ? 0xc0 : 0));
    for (const wrong of [infinity(48), new Uint8Array(48), mine.proof.slice(1)]) expect(() => PossessionProof.parse(wrong)).toThrow(MalformedError);
    for (const wrong of [infinity(96), new Uint8Array(96), mine.key.slice(1)]) expect(() => IbePublicKey.parse(wrong)).toThrow(MalformedError);
  });
});
