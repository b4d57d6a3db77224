import { Ed25519Key, MalformedError, VerificationError } from '@safeconduct/crypto';
import { concat, fromBase64, fromHex, fromUtf8, hex, i2osp, sameOctets, utf8 } from '../wire/bytes.ts';
import { HASH_LENGTH, leafHash, sha256 } from '../wire/hash.ts';
import { FIRST_TIME, LAST_TIME } from '../wire/time.ts';
import type { OfficeLine } from './line.ts';
import { originOf, parseLine } from './lineParser.ts';
import { MOST_LINES, type Register } from './register.ts';
import { verifyRotation } from './rules.ts';
import { Tree } from './tree.ts';

/** Octets of the longest note. */
const MOST_OCTETS = 4096;
/** How the bytes of a key line end. */
const ROTATION = utf8('"type":"key"}');
const KEY_ID_LENGTH = 4;
const TIME_LENGTH = 8;
/** Signature types of C2SP: a log's Ed25519 note signature, and a timestamped cosignature. */
const NOTE_SIGNATURE = 0x01;
const COSIGNATURE = 0x04;

/** A name without white space, control characters and plus (C2SP signed-note). */
const SIGNATURE_LINE = /^\u2014 ([^\p{White_Space}\p{Cc}+]+) ([A-Za-z0-9+/=]+)$/u;
const SIZE = /^[1-9]\d{0,5}$/;

interface NoteSignature {
  readonly name: string;
  readonly keyId: string;
  readonly octets: Uint8Array;
}

/** What a checkpoint says and by whom it is signed; nothing is verified yet (register.md 4). */
export class Checkpoint {
  readonly origin: string;
  /** The number of lines, 1 to 100,000. */
  readonly size: number;
  readonly root: Uint8Array;
  /** The note as it was read. */
  readonly note: string;
  readonly #body: Uint8Array;
  readonly #signatures: readonly NoteSignature[];

  private constructor(note: string, origin: string, size: number, root: Uint8Array, signatures: readonly NoteSignature[]) {
    this.note = note;
    this.origin = origin;
    this.size = size;
    this.root = root;
    this.#body = utf8(checkpointBody(origin, size, root));
    this.#signatures = signatures;
  }

  /**
   * Reads a C2SP signed note.
   * @throws {MalformedError} another form, or two signatures of one name and key id
   */
  static parse(octets: Uint8Array): Checkpoint {
    if (octets.length > MOST_OCTETS) throw new MalformedError(`a checkpoint has at most ${MOST_OCTETS} bytes`);
    const note = fromUtf8(octets);
    const [origin, size, root, empty, ...rest] = note.split('\n');
    if (size === undefined || root === undefined || empty !== '' || rest.pop() !== '' || rest.length === 0) {
      throw new MalformedError('a checkpoint is three lines, an empty one, and signatures');
    }
    if (!SIZE.test(size) || Number(size) > MOST_LINES) throw new MalformedError('the size of a checkpoint');
    const rootOctets = fromBase64(root);
    if (rootOctets.length !== HASH_LENGTH) throw new MalformedError('a root has 32 bytes');
    const signatures = rest.map(readSignature);
    if (new Set(signatures.map(({ name, keyId }) => `${name} ${keyId}`)).size !== signatures.length) {
      throw new MalformedError('two signatures of one name and key');
    }
    return new Checkpoint(note, originOf(origin), Number(size), rootOctets, signatures);
  }

  /**
   * Verifies that the office of a register signed this checkpoint of it.
   * @throws {VerificationError} another origin, size or root, no signature by the key valid at this size, or one that does not
   *   hold; a cosignature that does not hold
   * @returns the time of the cosignature, Unix seconds, or null if there is none
   */
  verify(register: Register): number | null {
    if (register.size !== this.size || !sameOctets(register.root(), this.root)) throw new VerificationError('the checkpoint is of other lines');
    this.verifySignature(register);
    return this.verifyCosignature(register);
  }

  /**
   * Verifies the office's signature without comparing the root: a checkpoint that passes is the office's word, even
   * where it contradicts the register.
   * @throws {VerificationError} another origin, no signature by the key valid at this size, or one that does not hold
   */
  verifySignature(register: Register): void {
    this.#verifyBy(register.office.origin, register.registerKeyAt(this.size));
  }

  /**
   * Verifies that the office signed these lines, all of a register, before they are read: from a position on only
   * rotations are, each good by the key before it. What a stranger sends costs hashes and one signature.
   * @param key the register key of the lines below `from`, 32 bytes
   * @throws {VerificationError} another root, or not signed
   * @throws {MalformedError} a rotation breaks a rule
   */
  verifyLines(lines: readonly Uint8Array[], { origin }: OfficeLine, key: Uint8Array, from: number): void {
    const leaves = lines.map(leafHash);
    if (!sameOctets(Tree.EMPTY.with(leaves).root(), this.root)) throw new VerificationError('the checkpoint is of other lines');
    let last = key;
    for (const octets of lines.slice(from)) {
      // The type is the last member of a key line, and a quotation mark inside a text is escaped.
      if (!sameOctets(octets.slice(-ROTATION.length), ROTATION)) continue;
      const line = parseLine(octets);
      if (line.type !== 'key') continue;
      verifyRotation(line, hex(leaves[0]!), last);
      last = fromHex(line.key, 32);
    }
    this.#verifyBy(origin, last);
  }

  #verifyBy(origin: string, key: Uint8Array): void {
    if (this.origin !== origin) throw new VerificationError('the checkpoint of another register');
    const signature = this.#find(origin, keyId(origin, NOTE_SIGNATURE, key));
    if (signature === null) throw new VerificationError('the office has not signed this checkpoint');
    Ed25519Key.parse(key).verify(this.#body, signature);
  }

  /**
   * The time of the office's cosignature, Unix seconds, or null if there is none.
   * @throws {VerificationError} there is one that does not hold
   */
  verifyCosignature({ office: { origin, cosign_key } }: Register): number | null {
    const [name, key] = [`${origin}/cosign`, fromHex(cosign_key, 32)];
    const octets = this.#find(name, keyId(name, COSIGNATURE, key));
    if (octets === null) return null;
    const time = octets.subarray(0, TIME_LENGTH).reduce((sum, octet) => sum * 256 + octet, 0);
    if (octets.length < TIME_LENGTH || !(time >= FIRST_TIME && time <= LAST_TIME)) throw new VerificationError('a cosignature of no time that counts');
    Ed25519Key.parse(key).verify(cosigned(time, this.#body), octets.subarray(TIME_LENGTH));
    return time;
  }

  #find(name: string, id: Uint8Array): Uint8Array | null {
    return this.#signatures.find((signature) => signature.name === name && signature.keyId === hex(id))?.octets ?? null;
  }
}

/** The three lines that are signed. */
export const checkpointBody = (origin: string, size: number, root: Uint8Array): string =>
  `${origin}\n${size}\n${btoa(String.fromCharCode(...root))}\n`;

/** What a cosignature of a time covers (C2SP cosignature/v1). */
export const cosigned = (time: number, body: Uint8Array): Uint8Array =>
  concat(utf8(`cosignature/v1\ntime ${time}\n`), body);

/** One signature line, with its line end: the office's for the note, or with a time its cosignature. */
export function signatureLine(name: string, key: Uint8Array, signature: Uint8Array, time: number | null = null): string {
  const id = keyId(name, time === null ? NOTE_SIGNATURE : COSIGNATURE, key);
  const octets = concat(id, time === null ? new Uint8Array() : i2osp(time, TIME_LENGTH), signature);
  return `\u2014 ${name} ${btoa(String.fromCharCode(...octets))}\n`;
}

const keyId = (name: string, type: number, key: Uint8Array): Uint8Array =>
  sha256(utf8(`${name}\n`), Uint8Array.of(type), key).slice(0, KEY_ID_LENGTH);

function readSignature(line: string): NoteSignature {
  const parts = SIGNATURE_LINE.exec(line);
  if (parts === null) throw new MalformedError('a signature line of another form');
  const octets = fromBase64(parts[2]!);
  if (octets.length <= KEY_ID_LENGTH) throw new MalformedError('a signature line without a signature');
  return { name: parts[1]!, keyId: hex(octets.subarray(0, KEY_ID_LENGTH)), octets: octets.slice(KEY_ID_LENGTH) };
}
