import {
  type Ask, Asked, Checker, type KnownRegister, type Leaf, type Pass, PendingPass, Question, type QuestionFields, SentQuestion,
  type SchemeLine,
} from '../../src/index.ts';
import { cityOffice, NOW } from './office.ts';
import { seededRandom } from './random.ts';

export const VALUES = ['K', '02-29', 'resident'];

/** A city with one holder, and what tests ask her. */
export function city(change: Partial<SchemeLine> = {}, publish: (made: ReturnType<typeof cityOffice>) => void = () => {}) {
  const made = cityOffice(change);
  publish(made);
  const { office, scheme, asker, epoch } = made;
  const random = seededRandom('city');
  const known = office.known();
  const size = known.register.size;
  const root = known.register.root();
  const sizeAndRoot = { size, root };

  const pass = receive(known, epoch);
  function receive(register: KnownRegister, leaf: Leaf, values: readonly string[] = VALUES): Pass {
    const pending = PendingPass.make(register, leaf, NOW, random);
    return pending.receive(office.issue(pending.request, values), register.register);
  }

  const signed = (ask: Partial<Ask> = {}, fields: Partial<QuestionFields> = {}): Question => Question.of({
    source: 'fresh', asks: [{ scheme, attributes: [2], scope: null, ...ask }], asker, door: 0, nonce: random(16),
    notBefore: NOW, notAfter: NOW + 120, ...sizeAndRoot, ...fields,
  });
  const unsigned = (source: 'static' | 'fresh', fields: Partial<QuestionFields> = {}): Question => Question.of({
    source, asks: [{ scheme, attributes: [2], scope: null }], asker: null, door: null, nonce: random(16),
    notBefore: source === 'fresh' ? NOW : null, notAfter: source === 'fresh' ? NOW + 120 : null, ...sizeAndRoot, ...fields,
  });
  const send = (question: Question, key = office.askerKey): SentQuestion =>
    question.asker === null ? SentQuestion.unsigned(question) : SentQuestion.sign(question, key);

  const read = (question: Question, now = NOW): Asked => {
    const { asked } = Asked.read(send(question), known, now);
    if (asked.kind !== 'ASKED') throw new Error(asked.reason);
    return asked;
  };
  const show = (asked: Asked, shown: Pass = pass, ask = 0): string => {
    const answer = shown.show(asked, ask, known.register, random);
    if (answer.kind !== 'SHOWN') throw new Error(answer.reason);
    return answer.showing.toText();
  };
  const print = (shown: Pass = pass): string => {
    const printed = shown.print(known.register, NOW, random);
    if (printed.kind !== 'PRINTED') throw new Error(printed.reason);
    return printed.paper.text;
  };
  const byDefault = (now = NOW): Asked => Asked.default(known.register, scheme, now);
  const checker = (question: Question | null = null, takesPaper = false, register = known): Checker => new Checker({
    known: register, takesPaper, asking: question === null ? { kind: 'DEFAULT', schemes: [scheme] } : { kind: 'OWN', question },
  });
  return { ...made, random, known, pass, receive, signed, unsigned, send, read, show, print, byDefault, checker };
}
