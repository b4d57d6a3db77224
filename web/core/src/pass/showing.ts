import { BbsProof, MalformedError, Pseudonym } from '@safeconduct/crypto';
import { anyArray, arrayOf, decodeCbor, encodeCbor, octetsOf, orNull, textOf, uint } from '../wire/cbor.ts';
import { PREFIXES, readCodeOctets } from '../wire/code.ts';
import { base45 } from '../wire/base45.ts';
import { utf8 } from '../wire/bytes.ts';
import { MOST_VALUE_OCTETS } from '../register/domain.ts';

/** Seconds of a time step. */
export const STEP = 30;

const PROFILE = 1;
const FORMS = ['live', 'paper'] as const;
const SHORT_HASH = 4;
const MOST_ASK = 3;
const MOST_DISCLOSED = 8;
/** Hidden scalars of a proof: the blind, 1 to 4 nym secrets, 0 to 8 attributes. */
const LEAST_HIDDEN = 2;
const MOST_HIDDEN = 13;

/** How a pass is shown. */
export type Form = (typeof FORMS)[number];

/** The number of a form inside codes. */
export const formNumber = (form: Form): number => FORMS.indexOf(form);

/** The time step of Unix seconds. */
export const stepOf = (unixSeconds: number): number => Math.floor(unixSeconds / STEP);

/** The fields of a showing (pass.md 4.1). */
export interface ShowingFields {
  readonly form: Form;
  /** The position of the epoch line. */
  readonly epoch: number;
  /** Unix seconds divided by 30, 0 for paper. */
  readonly step: number;
  /** The first four bytes of qhash. */
  readonly q: Uint8Array;
  /** The index into the question's asks. */
  readonly ask: number;
  readonly disclosed: readonly string[];
  readonly stamp: Pseudonym | null;
  readonly proof: BbsProof;
}

/** One answer to one question: what the QR code carries. That it is well-formed says nothing about its truth. */
export class Showing implements ShowingFields {
  readonly form: Form;
  readonly epoch: number;
  readonly step: number;
  readonly q: Uint8Array;
  readonly ask: number;
  readonly disclosed: readonly string[];
  readonly stamp: Pseudonym | null;
  readonly proof: BbsProof;
  /** The canonical bytes. */
  readonly bytes: Uint8Array;

  private constructor(fields: ShowingFields, bytes: Uint8Array) {
    this.form = fields.form;
    this.epoch = fields.epoch;
    this.step = fields.step;
    this.q = fields.q;
    this.ask = fields.ask;
    this.disclosed = fields.disclosed;
    this.stamp = fields.stamp;
    this.proof = fields.proof;
    this.bytes = bytes;
  }

  /** A showing of these fields. */
  static of(fields: ShowingFields): Showing {
    return new Showing(fields, encodeCbor([
      PROFILE, formNumber(fields.form), fields.epoch, fields.step, fields.q, fields.ask, fields.disclosed,
      fields.stamp?.toBytes() ?? null, fields.proof.toBytes(),
    ]));
  }

  /**
   * Reads a showing code.
   * @throws {MalformedError} another form, points outside their group, scalars out of range
   */
  static parse(text: string): Showing {
    return Showing.parseBytes(readCodeOctets('showing', text));
  }

  /** Reads the canonical bytes. @throws {MalformedError} as {@link Showing.parse} */
  static parseBytes(bytes: Uint8Array): Showing {
    const [profile, form, epoch, step, q, ask, disclosed, stamp, proof] = arrayOf(decodeCbor(bytes), 9);
    if (profile !== PROFILE) throw new MalformedError('an unknown profile');
    const values = anyArray(disclosed).map(textOf);
    if (values.length > MOST_DISCLOSED || values.some((value) => utf8(value).length > MOST_VALUE_OCTETS)) {
      throw new MalformedError(`at most ${MOST_DISCLOSED} values of at most ${MOST_VALUE_OCTETS} bytes are disclosed`);
    }
    const fields = {
      form: FORMS[uint(form, FORMS.length - 1)]!,
      epoch: uint(epoch),
      step: uint(step),
      q: octetsOf(q, SHORT_HASH),
      ask: uint(ask, MOST_ASK),
      disclosed: values,
    };
    if (fields.form === 'paper' && fields.step !== 0) throw new MalformedError('paper has time step 0');
    return new Showing({
      ...fields,
      stamp: orNull(stamp, (value) => Pseudonym.parse(octetsOf(value))),
      proof: readProof(octetsOf(proof)),
    }, bytes.slice());
  }

  /** The showing as a code. */
  toText(): string {
    return PREFIXES.showing + base45(this.bytes);
  }
}

function readProof(octets: Uint8Array): BbsProof {
  if (octets.length < BbsProof.lengthFor(LEAST_HIDDEN) || octets.length > BbsProof.lengthFor(MOST_HIDDEN)) {
    throw new MalformedError('a proof of another length than any pass makes');
  }
  return BbsProof.parse(octets);
}
