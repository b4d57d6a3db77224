import { describe, expect, test } from 'vitest';
import {
  Asked, type Accepted, Checker, crowdSize, DoorSetup, KnownRegister, Offer, Pass, PendingPass, readExchange, SentQuestion,
} from '../src/index.ts';
import { cityOffice, NOW } from './support/office.ts';
import { seededRandom } from './support/random.ts';

describe('one story', () => {
  const random = seededRandom('story');
  const { office, scheme, asker, epoch } = cityOffice();
  const known = office.known();

  test('a pass is asked for, issued, shown to a door that signs, seen there once, and carried on paper', () => {
    const pending = PendingPass.fromJson(JSON.parse(JSON.stringify(PendingPass.make(known, epoch, NOW, random).toJson())));
    const offer = Offer.of(random(16), known.register.officeLeaf);
    expect(Offer.parse(offer.toText().toLowerCase()).isOf(known.register.officeLeaf)).toBe(true);
    const received = pending.receive(office.issue(pending.request, ['K', '02-29', 'resident']), known.register);
    const pass = Pass.fromJson(JSON.parse(JSON.stringify(received.toJson())));

    const setup = DoorSetup.parse(DoorSetup.of({
      office: known.register.officeLeaf, address: 'https://office.example.org', mode: 'fresh',
      ask: { scheme, attributes: [0, 2], scope: 0 }, takesPaper: true, asker, door: 1, seed: office.askerKey.seed(),
      pairingSecret: random(32),
    }).toText());
    expect(setup.fits(known)).toBe(true);
    const sent = setup.question(known, NOW, random)!;
    const checker = new Checker({ known, asking: { kind: 'OWN', question: sent.question }, takesPaper: true });

    const { asked } = Asked.read(SentQuestion.parse(sent.toText()), known, NOW + 3);
    if (asked.kind !== 'ASKED') throw new Error(asked.reason);
    expect(asked.by).toMatchObject({ leaf: asker, door: 'Side gate' });
    expect(crowdSize(known.register, epoch, sent.question.asks[0]!.attributes)).toBe(Math.floor(65536 / 27 / 2));
    const shown = pass.show(asked, 0, known.register, random);
    if (shown.kind !== 'SHOWN') throw new Error(shown.reason);
    const code = shown.showing.toText();
    expect(shown.showing.bytes.length).toBeLessThanOrEqual(560);

    const verdict = checker.check(code, NOW + 5) as Accepted;
    expect(verdict).toMatchObject({
      verdict: 'ACCEPTED', form: 'live', scheme, epoch,
      disclosed: [{ attribute: 0, value: 'K' }, { attribute: 2, value: 'resident' }],
    });
    expect(structuredClone(verdict)).toEqual(verdict);
    expect(checker.check(code, NOW + 6)).toEqual({ verdict: 'REFUSED', reason: 'CODE_SEEN' });
    expect(checker.record(verdict)).toBe(true);
    expect(checker.record(verdict)).toBe(false);

    const again = pass.show(asked, 0, known.register, random);
    if (again.kind !== 'SHOWN') throw new Error(again.reason);
    expect(checker.check(again.showing.toText(), NOW + 7)).toEqual({ verdict: 'REFUSED', reason: 'ALREADY_USED' });

    const other = new Checker({ known, asking: { kind: 'OWN', question: sent.question }, takesPaper: true });
    const secret = setup.fields.pairingSecret!;
    for (const text of checker.books[0]!.exchange(secret)) expect(other.merge(readExchange(text, secret))).toBe(1);
    expect(other.check(again.showing.toText(), NOW + 7)).toEqual({ verdict: 'REFUSED', reason: 'ALREADY_USED' });

    const printed = pass.print(known.register, NOW, random);
    if (printed.kind !== 'PRINTED') throw new Error(printed.reason);
    const reprinted = Pass.fromJson(printed.pass.toJson()).print(known.register, NOW, random);
    expect(reprinted).toMatchObject({ kind: 'PRINTED', paper: { text: printed.paper.text } });
    // Paper's stamp is the stamp of the same scope: one right, one use.
    expect(checker.check(printed.paper.text, NOW + 600)).toEqual({ verdict: 'REFUSED', reason: 'ALREADY_USED' });
    checker.sweep(NOW + 3 * 86_400);
    expect(checker.books).toEqual([]);
  });

  test('what a device knows of the office survives storage', () => {
    const stored = KnownRegister.fromJson(JSON.parse(JSON.stringify(known.toJson())));
    expect(stored.toJson()).toEqual(known.toJson());
  });
});
