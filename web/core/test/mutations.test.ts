import { MalformedError, VerificationError } from '@safeconduct/crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Asked, KnownRegister, parseLine, SentQuestion, Showing } from '../src/index.ts';
import { base45, fromBase45 } from '../src/wire/base45.ts';
import { sameOctets } from '../src/wire/bytes.ts';
import { NOW, Office, citySchemeLine } from './support/office.ts';
import { city } from './support/world.ts';

/*
 * 20,000 mutations of a showing, a signed question and the lines of a register: none is accepted, and none throws
 * anything but the two errors. Seeds are fixed, so that a failure can be repeated.
 */
const world = city();
const SEED = 20261122;

/** Where to change, in parts of the whole, and how: a bit, a byte, a byte more, a byte less, two places swapped. */
const mutation = fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.nat(255), fc.nat(4));
const mutations = fc.array(mutation, { minLength: 1, maxLength: 3 });

function mutate(octets: Uint8Array, changes: readonly (readonly [number, number, number])[], from = 0, to = octets.length): Uint8Array {
  return changes.reduce((some, [part, byte, kind]) => {
    const at = Math.min(some.length - 1, from + Math.floor(part * (to - from)));
    const copy = [...some];
    switch (kind) {
      case 0: copy[at]! ^= 1 << (byte % 8); break;
      case 1: copy[at] = byte; break;
      case 2: copy.splice(at, 0, byte); break;
      case 3: copy.splice(at, 1); break;
      default: [copy[at], copy[byte % copy.length]] = [copy[byte % copy.length]!, copy[at]!];
    }
    return Uint8Array.from(copy);
  }, octets);
}

const plainFailure = (error: unknown): boolean => error instanceof MalformedError || error instanceof VerificationError;

const question = world.signed({ attributes: [0, 2], scope: 0 });
const showing = Showing.parse(world.show(world.read(question)));
/** Where the proof's scalars begin: what is changed there is found only by verifying, at 20 ms each. */
const scalarsAt = showing.bytes.length - (showing.proof.toBytes().length - 144);

function neverAccepts(from: number, to: number, runs: number): void {
  let reached = 0;
  fc.assert(fc.property(mutations, (changes) => {
    const octets = mutate(showing.bytes, changes, from, to);
    if (sameOctets(octets, showing.bytes)) return;
    const verdict = world.checker(question, true).check(`SCS1:${base45(octets)}`, NOW);
    expect(verdict.verdict).toMatch(/^(REFUSED|CANNOT_TELL)$/);
    reached++;
  }), { seed: SEED, numRuns: runs });
  expect(reached).toBeGreaterThan(runs * 0.9);
}

it('noMutationOfAShowingIsAccepted', () => neverAccepts(0, scalarsAt, 5_500));
it('noMutationOfAProofsScalarsIsAccepted', () => neverAccepts(scalarsAt, showing.bytes.length, 500));

it('noMutationOfASignedQuestionIsAnswered', () => {
  const sent = world.send(question).toText();
  const original = fromBase45(sent.slice(5));
  fc.assert(fc.property(mutations, fc.boolean(), (changes, inText) => {
    const text = inText
      ? new TextDecoder('latin1').decode(mutate(new TextEncoder().encode(sent), changes))
      : `SCQ1:${base45(mutate(original, changes))}`;
    if (text.replace(/^[\r\n]+|[\r\n]+$/g, '') === sent) return;
    try {
      expect(Asked.read(SentQuestion.parse(text), world.known, NOW).asked.kind).toBe('UNANSWERED');
    } catch (error) {
      if (!plainFailure(error)) throw error;
    }
  }), { seed: SEED, numRuns: 7_000 });
}, 60_000);

it('noMutationOfALineIsTaken', () => {
  const office = new Office('lines');
  const scheme = office.publish(citySchemeLine());
  office.publishAsker(scheme);
  office.publishStop(office.publishEpoch(scheme, 1), NOW);
  const checkpoint = office.checkpoint();
  expect(KnownRegister.meet(checkpoint, office.lines, NOW).register.size).toBe(5);
  fc.assert(fc.property(mutations, fc.nat(4), (changes, position) => {
    const octets = mutate(office.lines[position]!, changes);
    if (sameOctets(octets, office.lines[position]!)) return;
    try {
      parseLine(octets);
      const lines = office.lines.map((line, i) => (i === position ? octets : line));
      expect.unreachable(`taken: ${KnownRegister.meet(checkpoint, lines, NOW).register.size}`);
    } catch (error) {
      if (!plainFailure(error)) throw error;
    }
  }), { seed: SEED, numRuns: 7_000 });
}, 60_000);
