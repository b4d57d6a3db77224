import { describe, expect, it } from 'vitest';
import {
  Asked, Checker, crowdSize, epochsToAsk, MalformedError, Offer, parseGrants, Pass, PassGrant, PendingPass, Showing, VerificationError,
  walletHash,
} from '../src/index.ts';
import { DAY } from '../src/wire/time.ts';
import { NOW } from './support/office.ts';
import { city, VALUES } from './support/world.ts';

const world = city();
const { office, known, epoch, epochs, scheme, random, pass } = world;

describe('a pending pass', () => {
  const pending = PendingPass.make(known, epoch, NOW, random);
  const grant = office.issue(pending.request, VALUES);

  it('isAskedForUnderTheRunningEpochAndTheNextOnes', () => {
    expect(epochsToAsk(known, scheme, NOW)).toEqual(epochs);
    expect(epochsToAsk(known, scheme, NOW + DAY)).toEqual(epochs.slice(1));
    const near = city({ ahead: 1 });
    expect(epochsToAsk(near.known, near.scheme, NOW)).toEqual(near.epochs.slice(0, 2));
    expect(epochsToAsk(near.known, near.scheme, NOW - 1)).toEqual(near.epochs.slice(0, 1));
    expect(() => PendingPass.make(known, epoch, NOW + DAY, random)).toThrow(RangeError);
  });

  it('isAskedForUnderASpareOnceTheMainEpochIsStopped', () => {
    const spared = city({}, ({ office: o, scheme: s }) => o.publishEpoch(s, 2, { spare: true }));
    const spare = spared.known.register.spareOf(spared.epochs[1]!)!;
    expect(epochsToAsk(spared.known, spared.scheme, NOW)).not.toContain(spare);
    spared.office.publishStop(spared.epochs[1]!, NOW);
    const { known: grown } = spared.known.grow(spared.office.checkpoint(NOW), spared.office.lines, NOW);
    expect(epochsToAsk(grown, spared.scheme, NOW)).toEqual([spared.epoch, spare, spared.epochs[2]]);
  });

  it('waitsADayForALineItHasJustSeen', () => {
    const grown = city();
    const fresh = grown.office.publishEpoch(grown.scheme, 4);
    const later = grown.known.grow(grown.office.checkpoint(NOW), grown.office.lines, NOW + 25 * 3600).known;
    expect(epochsToAsk(later, grown.scheme, NOW + 26 * 3600)).not.toContain(fresh);
    expect(epochsToAsk(later, grown.scheme, NOW + 49 * 3600)).toContain(fresh);
  });

  it('sendsTheSameRequestEveryTime', () => {
    expect(PendingPass.fromJson(JSON.parse(JSON.stringify(pending.toJson()))).request).toEqual(pending.request);
    expect(pending.request.commitment).toHaveLength(2 * (48 + 32 * 4));
    expect(PendingPass.make(known, epoch, NOW, random).request.commitment).not.toBe(pending.request.commitment);
  });

  it('becomesAPassThatIsStoredAsItIs', () => {
    const received = pending.receive(grant, known.register);
    const stored = Pass.fromJson(JSON.parse(JSON.stringify(received.toJson())));
    expect(stored.toJson()).toEqual(received.toJson());
    expect([`${stored}`, stored.isOver(known.register, NOW + DAY - 1), stored.isOver(known.register, NOW + DAY)]).toEqual(['Pass[secret]', false, true]);
  });

  it('refusesValuesThatMarkTheirHolder', () => {
    for (const values of [['K', '02-29', 'Resident'], ['K', '02-30', 'resident'], ['k', '02-29', 'resident'],
      ['K', '02-29', 'resident '], ['K', '02-29', 'resident\u200b']]) {
      const marked = office.issue(pending.request, values);
      expect(() => pending.receive(marked, known.register), values.join()).toThrow(MalformedError);
    }
    for (const values of [VALUES.slice(1), [...VALUES, 'K'], []]) {
      expect(() => pending.receive(PassGrant.parse({ ...grant.toJson(), values }), known.register)).toThrow(MalformedError);
    }
  });

  it('refusesAGrantThatIsNotForIt', () => {
    const { epoch: other } = PendingPass.make(known, epochs[1]!, NOW, random);
    expect(() => pending.receive(PassGrant.parse({ ...grant.toJson(), epoch: other }), known.register)).toThrow(MalformedError);
    const another = office.issue(PendingPass.make(known, epoch, NOW, random).request, VALUES);
    expect(() => pending.receive(another, known.register)).toThrow(VerificationError);
    expect(() => pending.receive(PassGrant.parse({ ...grant.toJson(), values: ['L', '02-29', 'resident'] }), known.register)).toThrow(VerificationError);
    expect(() => pending.receive(PassGrant.parse({ ...grant.toJson(), entropy: another.toJson().entropy }), known.register)).toThrow(VerificationError);
  });

  it('refusesAHeaderOfItsOwn', () => {
    const marked = office.issue(pending.request, VALUES, new Uint8Array(32));
    expect(() => pending.receive(marked, known.register)).toThrow(VerificationError);
  });

  it('readsTheOfficesAnswerInTheOrderAsked', () => {
    const answer = { credentials: [{ credential: grant.toJson() }] };
    expect(parseGrants(JSON.parse(JSON.stringify(answer)), [pending.request])[0]!.toJson()).toEqual(grant.toJson());
    for (const [json, requests] of [[answer, []], [answer, [{ ...pending.request, epoch: scheme }]], [{ ...answer, extra: 1 }, [pending.request]],
      [{ credentials: [{ credential: { ...grant.toJson(), extra: 1 } }] }, [pending.request]], [null, []],
      [{ credentials: [{ credential: { ...grant.toJson(), entropy: '00'.repeat(32) } }] }, [pending.request]]] as const) {
      expect(() => parseGrants(json, requests)).toThrow(MalformedError);
    }
  });

  it('isRestoredOnlyAsItWasStored', () => {
    const json = pending.toJson();
    for (const wrong of [{ ...json, type: 'pass' }, { ...json, extra: 1 }, { ...json, commitment: json.commitment.slice(64) },
      { ...json, secret: { ...json.secret, nyms: json.secret.nyms.slice(64) } }, { ...json, secret: { ...json.secret, blind: '00'.repeat(32) } },
      { ...json, commitment: 'zz' }, { ...json, commitment: json.commitment.slice(1) }, undefined]) {
      expect(() => PendingPass.fromJson(wrong)).toThrow(MalformedError);
    }
    const stored = pass.toJson();
    for (const wrong of [{ ...stored, type: 'pending-pass' }, { ...stored, values: 'K' }, { ...stored, paper: 'SCS1:' }, { ...stored, epoch: 'x' },
      { ...stored, secret: { ...stored.secret, signature: '' } }, { ...stored, secret: null }]) {
      expect(() => Pass.fromJson(wrong)).toThrow(MalformedError);
    }
  });
});

describe('a pass', () => {
  it('isShownDuringItsEpochAlone', () => {
    const reasons = [-1, DAY, 200 * DAY].map((after) => pass.show(world.byDefault(NOW + after), 0, known.register, random));
    expect(reasons).toEqual(['EPOCH_NOT_YET', 'EPOCH_OVER', 'SCHEME_OVER'].map((reason) => ({ kind: 'NOT_SHOWN', reason })));
  });

  it('takesTheStepOfAFreshQuestionAndElseOfTheClock', () => {
    const fresh = world.read(world.unsigned('fresh'), NOW + 100);
    const posted = world.read(world.unsigned('static'), NOW + 100);
    expect([fresh, posted, world.byDefault(NOW + 100)].map((asked) => Showing.parse(world.show(asked)).step - Math.floor(NOW / 30))).toEqual([0, 3, 3]);
  });

  it('P1: twoShowingsHaveNothingInCommonButWhatWasAsked', () => {
    const asked = world.read(world.signed({ scope: 0 }));
    const [one, two] = [Showing.parse(world.show(asked)), Showing.parse(world.show(asked))];
    expect(one.stamp!.equals(two.stamp!)).toBe(true);
    expect([one.disclosed, one.q, one.step, one.epoch]).toEqual([two.disclosed, two.q, two.step, two.epoch]);
    const chunks = new Set(chunksOf(one.proof.toBytes()));
    expect(chunksOf(two.proof.toBytes()).filter((chunk) => chunks.has(chunk))).toEqual([]);
  });

  it('P3: stampsOfOtherScopesAndEpochsAndPassesDiffer', () => {
    const next = world.receive(known, epochs[1]!);
    const again = world.receive(known, epoch);
    const asked = [0, 1].map((scope) => world.read(world.signed({ scope })));
    const tomorrow = world.read(world.signed({ scope: 0 }, { notBefore: NOW + DAY, notAfter: NOW + DAY + 120 }), NOW + DAY);
    const codes = [world.show(asked[0]!), world.show(asked[1]!), world.show(asked[0]!, again), world.show(tomorrow, next)];
    expect(new Set(codes.map((code) => Showing.parse(code).stamp!.toBytes().join())).size).toBe(4);
  });

  it('isPrintedOncePerPass', () => {
    const first = pass.print(known.register, NOW, random);
    if (first.kind !== 'PRINTED') throw new Error(first.reason);
    expect(first.paper.disclosed).toEqual([{ attribute: 0, value: 'K' }, { attribute: 1, value: '02-29' }]);
    expect(first.paper.scope).toBe(0);
    expect(first.pass.print(known.register, NOW, random)).toMatchObject({ paper: { text: first.paper.text } });
    expect(pass.print(known.register, NOW + DAY, random)).toEqual({ kind: 'NOT_PRINTED', reason: 'EPOCH_OVER' });
    const none = city({ paper: null });
    expect(none.pass.print(none.known.register, NOW, random)).toEqual({ kind: 'NOT_PRINTED', reason: 'NO_PAPER' });
    expect(() => pass.show(Asked.paper(known.register, scheme, NOW)!, 0, known.register, random)).toThrow(RangeError);
  });

  it('tellsHowManyCouldHaveShownTheSame', () => {
    expect(crowdSize(known.register, epoch, [])).toBe(65536);
    expect(crowdSize(known.register, epoch, [2])).toBe(32768);
    expect(crowdSize(known.register, epoch, [0, 1, 2])).toBe(3);
  });

  it('isSmallEnoughForACode', () => {
    const worst = Showing.parse(world.show(world.read(world.signed({ scope: 0 }))));
    expect(worst.bytes.length).toBeLessThanOrEqual(560);
  });
});

describe('an offer', () => {
  const leaf = known.register.officeLeaf;
  const offer = Offer.of(Uint8Array.from({ length: 16 }, (_, i) => i * 17), leaf);

  it('isReadAsItIsTyped', () => {
    const text = offer.toText();
    expect(text).toMatch(/^SCO1:([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/);
    for (const typed of [text, text.slice(5), text.toLowerCase(), text.replace(/-/g, ''), ` ${text.replace(/-/g, ' ')}\r\n`,
      text.slice(5).replace(/0/g, 'O').replace(/1/g, 'l')]) {
      const read = Offer.parse(typed);
      expect([read.code, read.isOf(leaf), read.isOf(scheme)]).toEqual([offer.code, true, false]);
    }
    expect(`${offer}`).toBe('Offer[secret]');
  });

  it('showsATypingError', () => {
    const text = offer.toText().slice(5).replace(/-/g, '');
    const wrong = [...text].map((character, i) => text.slice(0, i) + (character === '7' ? '8' : '7') + text.slice(i + 1));
    const passed = wrong.filter((typed) => {
      try {
        return Offer.parse(typed).isOf(leaf);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
        return false;
      }
    });
    expect(passed).toEqual([]);
    for (const typed of ['', text.slice(1), `${text}0`, text.replace(/.$/, 'U'), `SCQ1:${text}`, text.replace(/^./, 'é'), text.replace(/^./, 'ı')]) {
      expect(() => Offer.parse(typed), typed).toThrow(MalformedError);
    }
    // 26 characters are 130 bits; the last two are 0.
    expect(() => Offer.parse(`${text.slice(0, 25)}${text[25] === '1' ? '3' : '1'}${text.slice(26)}`)).toThrow(MalformedError);
  });

  it('isBoundToTheHashOfASecret', () => {
    expect(walletHash(new Uint8Array(32))).toMatch(/^[0-9a-f]{64}$/);
  });
});

function chunksOf(octets: Uint8Array): string[] {
  return Array.from({ length: Math.floor(octets.length / 16) }, (_, i) => octets.slice(16 * i, 16 * i + 16).join());
}

it('aCheckerWithoutARegisterCannotTell', () => {
  const checker = new Checker({ known: null, asking: { kind: 'DEFAULT', schemes: [scheme] }, takesPaper: true });
  expect(checker.check(world.show(world.byDefault()), NOW)).toEqual({ verdict: 'CANNOT_TELL', reason: 'REGISTER_MISSING' });
});
