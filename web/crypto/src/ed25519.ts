import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { MalformedError, VerificationError } from './errors.ts';
import { concat, sameOctets } from './octets.ts';

const Point = ed25519.Point;
const Fn = Point.Fn;
const POINT_LENGTH = 32;

/**
 * An Ed25519 public key by the strict rules of spec/register.md section 1.7, so that every reader in every language
 * agrees on which signatures are good. The usual verifiers of JavaScript multiply by the cofactor or take encodings as
 * they come; two honest readers could then disagree about a register.
 */
export class Ed25519Key {
  /** Octets of a key. */
  static readonly LENGTH = POINT_LENGTH;
  /** Octets of a signature. */
  static readonly SIGNATURE_LENGTH = 2 * POINT_LENGTH;

  readonly #octets: Uint8Array;
  readonly #point: typeof Point.BASE;

  private constructor(octets: Uint8Array, point: typeof Point.BASE) {
    this.#octets = octets;
    this.#point = point;
  }

  /**
   * Reads 32 octets.
   * @throws {MalformedError} another length, not canonical, not on the curve, of small order
   */
  static parse(octets: Uint8Array): Ed25519Key {
    const point = strictPoint(octets);
    return new Ed25519Key(octets.slice(), point);
  }

  /**
   * RFC 8032 section 5.1.7 without the cofactor: [S]B = R + [k]A, S below the group order, R canonical and not of small
   * order.
   * @throws {VerificationError} the signature is not this key's, has another length, or breaks a rule
   */
  verify(message: Uint8Array, signature: Uint8Array): void {
    if (!this.#holds(message, signature)) throw new VerificationError('the Ed25519 signature does not hold');
  }

  #holds(message: Uint8Array, signature: Uint8Array): boolean {
    if (signature.length !== Ed25519Key.SIGNATURE_LENGTH) return false;
    const rOctets = signature.subarray(0, POINT_LENGTH);
    const s = bytesToNumberLE(signature.subarray(POINT_LENGTH));
    if (!Fn.isValid(s)) return false;
    let r;
    try {
      r = strictPoint(rOctets);
    } catch {
      return false;
    }
    const k = Fn.create(bytesToNumberLE(sha512(concat(rOctets, this.#octets, message))));
    return Point.BASE.multiplyUnsafe(s).equals(r.add(this.#point.multiplyUnsafe(k)));
  }

  /** The 32 octets, in a fresh array. */
  toBytes(): Uint8Array {
    return this.#octets.slice();
  }

  equals(other: Ed25519Key): boolean {
    return sameOctets(this.#octets, other.#octets);
  }
}

/** Point decoding of RFC 8032 section 5.1.3, refusing the eight points of small order. */
function strictPoint(octets: Uint8Array): typeof Point.BASE {
  if (octets.length !== POINT_LENGTH) throw new MalformedError(`an Ed25519 point has 32 bytes, not ${octets.length}`);
  let point;
  try {
    point = Point.fromBytes(octets);
  } catch {
    throw new MalformedError('not a canonical point of edwards25519');
  }
  if (point.isSmallOrder()) throw new MalformedError('an Ed25519 point of small order');
  return point;
}

/** An Ed25519 key pair from a 32-octet seed (RFC 8032 section 5.1.5). Never prints its secret. */
export class Ed25519Secret {
  /** Octets of a seed. */
  static readonly SEED_LENGTH = 32;

  readonly #seed: Uint8Array;
  readonly publicKey: Ed25519Key;

  private constructor(seed: Uint8Array) {
    this.#seed = seed;
    this.publicKey = Ed25519Key.parse(ed25519.getPublicKey(seed));
  }

  /** @throws {MalformedError} the seed does not have 32 octets */
  static fromSeed(seed: Uint8Array): Ed25519Secret {
    if (seed.length !== Ed25519Secret.SEED_LENGTH) throw new MalformedError(`a seed has 32 bytes, not ${seed.length}`);
    return new Ed25519Secret(seed.slice());
  }

  /** The signature of RFC 8032 section 5.1.6, 64 octets; the same for the same message. */
  sign(message: Uint8Array): Uint8Array {
    return ed25519.sign(message, this.#seed);
  }

  /** The 32 secret octets, for storage. */
  seed(): Uint8Array {
    return this.#seed.slice();
  }

  toString(): string {
    return 'Ed25519Secret[secret]';
  }
}
