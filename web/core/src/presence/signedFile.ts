import { Ed25519Key, type Ed25519Secret } from '@safeconduct/crypto';
import { concat } from '../wire/bytes.ts';
import { arrayOf, type Cbor, decodeCbor, encodeCbor, octetsOf } from '../wire/cbor.ts';
import { label } from '../wire/hash.ts';

/** Octets of the longest value inside, and room for the head and signature around it (pass.md 2.1). */
const MOST_INSIDE = 600_000;
const AROUND = 80;

/** What an authority signs: `[bytes, signature]` (presence.md 6.2 and 6.3). */
export type SignedLabel = 'batch' | 'batch-index';

/** The file of a value. Authorities are Java; this is for tests and tools. */
export const signFile = (name: SignedLabel, value: Cbor, key: Ed25519Secret): Uint8Array => {
  const octets = encodeCbor(value);
  return encodeCbor([octets, key.sign(concat(label(name), octets))]);
};

/**
 * The value in a file and its octets.
 * @throws {MalformedError} another form
 * @throws {VerificationError} the signature is not this key's
 */
export function openFile(name: SignedLabel, file: Uint8Array, key: Ed25519Key): { readonly value: Cbor; readonly octets: Uint8Array } {
  const [inside, signature] = arrayOf(decodeCbor(file, MOST_INSIDE + AROUND), 2);
  const octets = octetsOf(inside);
  key.verify(concat(label(name), octets), octetsOf(signature, Ed25519Key.SIGNATURE_LENGTH));
  return { value: decodeCbor(octets, MOST_INSIDE), octets };
}
