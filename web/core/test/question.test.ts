import { describe, expect, it } from 'vitest';
import {
  Asked, DoorSetup, type DoorSetupFields, MalformedError, Question, type QuestionFields, SentQuestion, VerificationError,
} from '../src/index.ts';
import { codeText } from '../src/wire/code.ts';
import { hex } from '../src/wire/bytes.ts';
import { DAY } from '../src/wire/time.ts';
import { NOW } from './support/office.ts';
import { city } from './support/world.ts';

const world = city();
const { known, scheme, asker, office, signed, unsigned, send, random } = world;
const read = (sent: SentQuestion, now = NOW, register = known) => Asked.read(sent, register, now).asked;
const reason = (sent: SentQuestion, now = NOW, register = known) => {
  const asked = read(sent, now, register);
  return asked.kind === 'UNANSWERED' ? asked.reason : asked.kind;
};

describe('a question', () => {
  it('hasSixForms', () => {
    const line = known.register.scheme(scheme)!;
    const questions = [Question.default(scheme, line), Question.paper(scheme, line)!, unsigned('static'), unsigned('fresh'),
      signed({ scope: 1 }, { source: 'static', notAfter: NOW + 366 * DAY }), signed({ attributes: [0, 1, 2], scope: 0 })];
    for (const question of questions) expect(Question.parse(question.bytes)).toEqual(question);
    expect(new Set(questions.map(({ hash }) => hex(hash))).size).toBe(6);
  });

  it.each<[string, Partial<QuestionFields>]>([
    ['no ask', { asks: [] }],
    ['two asks of a signer', { asks: [{ scheme, attributes: [], scope: null }, { scheme: asker, attributes: [], scope: null }] }],
    ['an attribute above 7', { asks: [{ scheme, attributes: [8], scope: null }] }],
    ['attributes that descend', { asks: [{ scheme, attributes: [1, 0], scope: null }] }],
    ['an attribute twice', { asks: [{ scheme, attributes: [1, 1], scope: null }] }],
    ['a scope above 3', { asks: [{ scheme, attributes: [], scope: 4 }] }],
    ['a door without an asker', { asker: null, door: 0 }],
    ['a door above 199', { door: 200 }],
    ['no nonce', { nonce: null }],
    ['a short nonce', { nonce: new Uint8Array(15) }],
    ['no times', { notBefore: null, notAfter: null }],
    ['half the times', { notAfter: null }],
    ['119 seconds', { notAfter: NOW + 119 }],
    ['a day for a fresh one', { notAfter: NOW + DAY }],
    ['more than 366 days', { source: 'static', notAfter: NOW + 366 * DAY + 1 }],
    ['no time at all', { source: 'static', notAfter: NOW }],
    ['no root', { root: null }],
    ['no size', { size: null }],
    ['size 0', { size: 0 }],
    ['a short root', { root: new Uint8Array(31) }],
    ['a default question with a nonce', { source: 'default' }],
    ['a paper question with an asker', { source: 'paper', nonce: null, notBefore: null, notAfter: null, size: null, root: null, door: null }],
    ['an unsigned static one with times', { source: 'static', asker: null, door: null }],
  ])('isMalformed: %s', (_, wrong) => {
    const { source, asks, nonce, notBefore, notAfter, size, root } = signed();
    const fields = { source, asks, asker, door: 0, nonce, notBefore, notAfter, size, root };
    expect(Question.of(fields)).toBeInstanceOf(Question);
    expect(() => Question.of({ ...fields, ...wrong })).toThrow(MalformedError);
  });

  it('ofSeveralSchemesIsUnsignedAndNamesEachOnce', () => {
    const ask = { scheme, attributes: [2], scope: null };
    const asks = [ask, { ...ask, scheme: asker }];
    expect(unsigned('static', { asks }).asks).toHaveLength(2);
    expect(() => unsigned('static', { asks: [ask, ask] })).toThrow(MalformedError);
    expect(() => unsigned('static', { asks: ['a', 'b', 'c', 'd', 'e'].map((letter) => ({ ...ask, scheme: letter.repeat(64) })) })).toThrow(MalformedError);
  });

  it('travelsWithItsSignature', () => {
    for (const question of [signed(), unsigned('static')]) {
      const sent = send(question);
      expect(SentQuestion.parse(sent.toText()).toText()).toBe(sent.toText());
    }
    expect(() => send(signed()).verify(office.registerKey.publicKey.toBytes())).toThrow(VerificationError);
    expect(() => send(unsigned('static')).verify(office.askerKey.publicKey.toBytes())).toThrow(VerificationError);
  });

  it('isMalformedIfItIsSentAsItNeverIs', () => {
    const question = Question.default(scheme, known.register.scheme(scheme)!);
    for (const value of [[question.bytes, null], [signed().bytes, null], [unsigned('static').bytes, new Uint8Array(64)],
      [signed().bytes, new Uint8Array(63)], [signed().bytes], [signed().bytes, null, null]]) {
      expect(() => SentQuestion.parse(codeText('question', value))).toThrow(MalformedError);
    }
    expect(() => SentQuestion.unsigned(question)).toThrow(MalformedError);
  });
});

describe('a wallet', () => {
  it('namesAskerAndDoorFromTheRegister', () => {
    const asked = read(send(signed({ attributes: [0, 2], scope: 1 })));
    expect(asked).toMatchObject({ kind: 'ASKED', by: { leaf: asker, door: 'Main gate', line: { names: { en: 'Town hall' } } }, clockWrong: false });
    expect(read(send(unsigned('fresh')))).toMatchObject({ kind: 'ASKED', by: null });
  });

  it('answersWhatTheAskerMayAskAndNothingMore', () => {
    const narrow = city({}, ({ office: o, scheme: s }) => o.publishAsker(s, { attributes: [1], scopes: [1], doors: [] }));
    const narrowAsker = narrow.known.register.leavesOf('asker')[1]!;
    const ask = (attributes: number[], scope: number | null, fields: Partial<QuestionFields> = {}) =>
      reason(narrow.send(narrow.signed({ attributes, scope }, { asker: narrowAsker, door: null, ...fields })), NOW, narrow.known);
    const posted = { source: 'static', notAfter: NOW + DAY } as const;
    expect(ask([1, 2], 1)).toBe('ASKED');
    expect(ask([2], null)).toBe('ASKED');
    expect(ask([2], 1, posted)).toBe('ASKED');
    expect(ask([0, 2], 1)).toBe('NOT_PERMITTED');
    expect(ask([1, 2], 0)).toBe('NOT_PERMITTED');
    expect(ask([1], 1)).toBe('NOT_PERMITTED');
    expect(ask([1, 2], 1, posted)).toBe('NOT_PERMITTED');
    expect(ask([2, 3], 1)).toBe('NOT_PERMITTED');
    expect(ask([2], null, { door: 0 })).toBe('NOT_PERMITTED');
  });

  it('givesAnUnsignedDoorTheDefaultAndNoStamp', () => {
    for (const ask of [{ scheme, attributes: [0, 2], scope: null }, { scheme, attributes: [], scope: null }, { scheme, attributes: [2], scope: 0 }]) {
      expect(reason(send(unsigned('fresh', { asks: [ask] })))).toBe('NOT_PERMITTED');
    }
  });

  it('refusesAStrangersSignature', () => {
    expect(reason(send(signed(), office.registerKey))).toBe('SIGNATURE_WRONG');
    expect(reason(send(signed({}, { asker: scheme })))).toBe('UNKNOWN_ASKER');
    expect(reason(send(signed({ scheme: asker })))).toBe('UNKNOWN_SCHEME');
  });

  it('refusesAnAskerThatIsStoppedOrOver', () => {
    const stopped = city({}, ({ office: o, asker: a }) => o.publishStop(a, NOW));
    expect(reason(stopped.send(stopped.signed()), NOW, stopped.known)).toBe('ASKER_STOPPED');
    const later = { notBefore: NOW + 100 * DAY, notAfter: NOW + 100 * DAY + 120 };
    expect(reason(send(signed({}, later)), NOW + 100 * DAY)).toBe('ASKER_OVER');
    const sunset = { source: 'static', notAfter: NOW + 366 * DAY } as const;
    expect(reason(send(signed({}, sunset)), NOW + 200 * DAY)).toBe('SCHEME_OVER');
  });

  it('answersWithinTheTimesOfTheQuestion', () => {
    const question = send(unsigned('fresh'));
    expect([-61, -60, 120, 121].map((after) => reason(question, NOW + after)))
      .toEqual(['QUESTION_EARLY', 'ASKED', 'ASKED', 'QUESTION_OVER']);
    const posted = send(signed({}, { source: 'static', notAfter: NOW + DAY }));
    expect([-61, DAY, DAY + 1].map((after) => reason(posted, NOW + after))).toEqual(['QUESTION_EARLY', 'ASKED', 'QUESTION_OVER']);
  });

  it('correctsAClockThatIsBehindFromASignedFreshQuestionAlone', () => {
    expect(read(send(signed()), NOW - 5 * DAY)).toMatchObject({ kind: 'ASKED', now: NOW, clockWrong: true });
    const old = send(signed({}, { notBefore: NOW - 1, notAfter: NOW + 119 }));
    expect(reason(old, NOW - 5 * DAY)).toBe('QUESTION_EARLY');
  });

  it('attack 5: doesNotAnswerAQuestionPhotographedAtADoorLater', () => {
    expect([121, 3600, 5 * DAY].map((later) => reason(send(signed()), NOW + later)))
      .toEqual(['QUESTION_OVER', 'QUESTION_OVER', 'QUESTION_OVER']);
  });

  it('P8: doesNotAnswerADoorWithAnotherRegister', () => {
    const { asked, known: taught } = Asked.read(send(signed({}, { root: random(32) })), known, NOW);
    expect(asked).toEqual({ kind: 'UNANSWERED', reason: 'REGISTERS_DIFFER' });
    expect(taught.evidence).toHaveLength(1);
    expect(reason(send(signed({}, { size: 1000, root: random(32) })))).toBe('ASKED');
  });

  it('isTaughtNothingByARootThatAnybodyCouldWrite', () => {
    for (const fields of [{ root: random(32) }, { size: 1000, root: random(32) }]) {
      for (const sent of [send(unsigned('static', fields)), send(signed({}, fields), office.registerKey), send(signed({}, { ...fields, asker: scheme }))]) {
        expect(Asked.read(sent, known, NOW).known).toBe(known);
      }
    }
    expect(reason(send(unsigned('static', { root: random(32) })))).toBe('OTHER_REGISTER');
    expect(reason(send(signed({}, { root: random(32), asker: scheme })))).toBe('OTHER_REGISTER');
    expect(reason(send(signed({}, { root: random(32) }), office.registerKey))).toBe('SIGNATURE_WRONG');
    expect(Asked.read(send(signed({}, { size: 1000 })), known, NOW).known).not.toBe(known);
  });
});

describe('a door set-up', () => {
  const fields: DoorSetupFields = {
    office: known.register.officeLeaf, address: 'https://office.example.org:8443', mode: 'fresh',
    ask: { scheme, attributes: [0, 2], scope: 1 }, takesPaper: false, asker, door: 1, seed: office.askerKey.seed(), pairingSecret: null,
  };
  const plain = { asker: null, door: null, seed: null };

  it('givesADoorItsQuestions', () => {
    const setup = DoorSetup.parse(DoorSetup.of(fields).toText());
    expect(setup.fields).toEqual(fields);
    expect([setup.isSecret, `${setup}`, setup.fits(known)]).toEqual([true, 'DoorSetup[secret]', true]);
    expect(reason(setup.question(known, NOW, random)!)).toBe('ASKED');
    const posted = DoorSetup.of({ ...fields, mode: 'static', ask: { scheme, attributes: [2], scope: 1 } });
    expect(reason(posted.question(known, NOW, random)!, NOW + 99 * DAY)).toBe('ASKED');
    const open = DoorSetup.of({ ...fields, ...plain, ask: { scheme, attributes: [2], scope: null } });
    expect([open.isSecret, open.fits(known), reason(open.question(known, NOW, random)!)]).toEqual([false, true, 'ASKED']);
    const byDefault = DoorSetup.of({ ...fields, ...plain, mode: 'default', ask: { scheme, attributes: [2], scope: null } });
    expect([byDefault.fits(known), byDefault.question(known, NOW, random)]).toEqual([true, null]);
  });

  it('doesNotFitWhatTheRegisterDoesNotPermit', () => {
    for (const wrong of [{ office: asker }, { ask: { scheme: asker, attributes: [2], scope: 1 } }, { seed: random(32) }, { door: 2 },
      { ask: { scheme, attributes: [0], scope: 1 } }, { mode: 'static' as const }, plain, { asker: scheme }]) {
      expect(DoorSetup.of({ ...fields, ...wrong }).fits(known), JSON.stringify(wrong)).toBe(false);
    }
    expect(DoorSetup.of({ ...fields, ...plain, mode: 'default' }).fits(known)).toBe(false);
  });

  it.each<[string, Partial<DoorSetupFields>]>([
    ['an asker without a seed', { seed: null }], ['a seed without an asker', { asker: null, door: null }],
    ['a default question with an asker', { mode: 'default' }], ['a door without an asker', { asker: null, seed: null }],
    ['plain http', { address: 'http://office.example.org' }], ['a path', { address: 'https://office.example.org/x' }],
    ['a user', { address: 'https://me@office.example.org' }], ['a script', { address: 'javascript:alert(1)' }],
    ['a long address', { address: `https://${'a'.repeat(200)}` }], ['a short pairing secret', { pairingSecret: new Uint8Array(31) }],
  ])('isMalformed: %s', (_, wrong) => {
    expect(() => DoorSetup.of({ ...fields, ...wrong })).toThrow(MalformedError);
  });
});
