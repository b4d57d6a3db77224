import { hashToInteger } from './bbs/suite.ts';
import { utf8 } from './octets.ts';
import { Scalar } from './scalar.ts';

/**
 * hash_to_scalar, core draft section 4.2.2, over SHA-256.
 * @param dst domain separation tag, 1 to 255 octets
 */
export function hashToScalar(octets: Uint8Array, dst: string | Uint8Array): Scalar {
  const tag = typeof dst === 'string' ? utf8(dst) : dst;
  if (tag.length < 1 || tag.length > 255) throw new RangeError('a domain separation tag has 1 to 255 bytes');
  return Scalar.of(hashToInteger(octets, tag));
}
