import { BbsProof, Pseudonym } from '@safeconduct/crypto';
import { describe, expect, it } from 'vitest';
import { type Accepted, Checker, MalformedError, type Question, readExchange, Showing, type ShowingFields, StampBook, VerificationError } from '../src/index.ts';
import { codeText } from '../src/wire/code.ts';
import { hex } from '../src/wire/bytes.ts';
import { DAY, HOUR } from '../src/wire/time.ts';
import { NOW } from './support/office.ts';
import { city } from './support/world.ts';

const world = city();
const { known, scheme, epoch, random, show, read, signed, unsigned, byDefault, print } = world;
const refused = (reason: string) => ({ verdict: 'REFUSED', reason });
const cannotTell = (reason: string) => ({ verdict: 'CANNOT_TELL', reason });
const accepted = { verdict: 'ACCEPTED' };

/** A code with some of its fields changed. */
const changed = (code: string, change: Partial<ShowingFields>): string => Showing.of({ ...Showing.parse(code), ...change }).toText();

describe('a checker', () => {
  it('acceptsTheAnswerToItsOwnQuestionAlone', () => {
    const [fresh, other, posted] = [signed({ attributes: [0, 2] }), unsigned('fresh'), unsigned('static')];
    for (const question of [fresh, other, posted]) {
      const code = show(read(question));
      expect(world.checker(question).check(code, NOW)).toMatchObject(accepted);
      for (const stranger of [null, fresh, other, posted].filter((one) => one !== question)) {
        expect(world.checker(stranger).check(code, NOW)).toEqual(refused('OTHER_QUESTION'));
      }
    }
    expect(world.checker(posted).check(show(byDefault()), NOW)).toEqual(refused('OTHER_QUESTION'));
  });

  it('tellsWhatWasDisclosedAndNothingElse', () => {
    const question = signed({ attributes: [0, 2], scope: 1 });
    const verdict = world.checker(question).check(show(read(question)), NOW) as Accepted;
    expect(Object.keys(verdict).sort()).toEqual(['disclosed', 'epoch', 'form', 'scheme', 'stamp', 'verdict']);
    expect(verdict.disclosed).toEqual([{ attribute: 0, value: 'K' }, { attribute: 2, value: 'resident' }]);
    expect(verdict.stamp).toMatchObject({ scope: 1 });
    expect([verdict.form, verdict.scheme, verdict.epoch]).toEqual(['live', scheme, epoch]);
  });

  it('acceptsTheQuestionBeforeForAMinute', () => {
    const [before, after] = [unsigned('fresh'), unsigned('fresh')];
    const checker = world.checker(before);
    checker.ask(after, NOW + 10);
    expect(checker.check(show(read(before)), NOW + 69)).toMatchObject(accepted);
    expect(checker.check(show(read(before)), NOW + 70)).toEqual(refused('OTHER_QUESTION'));
    expect(checker.check(show(read(after)), NOW + 70)).toMatchObject(accepted);
    for (const [one, next] of [[unsigned('static'), after], [before, unsigned('static')], [before, signed({ scope: 0 })], [null, after]] as const) {
      expect(() => world.checker(one).ask(next, NOW)).toThrow(RangeError);
    }
  });

  it('asksAPosterBetweenItsTimes', () => {
    const posted = signed({ scope: 0 }, { source: 'static', notBefore: NOW + 120, notAfter: NOW + 180 });
    const verdicts = [59, 60, 180, 181].map((after) => world.checker(posted).check(show(read(posted, NOW + 60)), NOW + after));
    expect(verdicts).toMatchObject([refused('OTHER_QUESTION'), accepted, accepted, refused('OTHER_QUESTION')].map((verdict, i) =>
      i === 2 ? refused('CODE_EXPIRED') : verdict));
  });

  it('acceptsAFreshAnswerInTheStepOfItsQuestionAlone', () => {
    const question = signed({}, { notBefore: NOW + 60, notAfter: NOW + 180 });
    /** The answer of a wallet that goes by its own clock. */
    const disobey = (now: number) => show(Object.create(read(question), {
      question: { value: { ...question, source: 'static' } }, now: { value: now },
    }));
    expect([NOW + 30, NOW + 60, NOW + 90].map((now) => world.checker(question).check(disobey(now), NOW + 60)))
      .toMatchObject([refused('CODE_EXPIRED'), accepted, refused('CODE_EARLY')]);
  });

  it('refusesWhatIsNotAPass', () => {
    const checker = world.checker();
    const code = show(byDefault());
    const parsed = Showing.parse(code);
    const other = Showing.parse(show(byDefault(NOW + 30)));
    const longer = BbsProof.parse(Uint8Array.from([...parsed.proof.toBytes(), ...parsed.proof.toBytes().slice(-32)]));
    for (const text of ['', 'SCS1:', 'https://example.org', code.toLowerCase(), code.slice(0, -3), ` ${code}`, world.send(unsigned('static')).toText(),
      changed(code, { proof: other.proof }), changed(code, { step: parsed.step + 1 }), changed(code, { disclosed: ['worker'] }),
      changed(code, { proof: longer }), codeText('showing', [1, 1, 3, 5, parsed.q, 0, ['resident'], null, parsed.proof.toBytes()])]) {
      expect(checker.check(text, NOW), text).toEqual(refused('NOT_A_PASS'));
    }
    expect(checker.check(`${code}\r\n`, NOW)).toMatchObject(accepted);
  });

  it('refusesAnotherAskAndAnotherQuestion', () => {
    const code = show(byDefault());
    expect(world.checker().check(changed(code, { ask: 1 }), NOW)).toEqual(refused('OTHER_QUESTION'));
    expect(world.checker().check(changed(code, { q: new Uint8Array(4) }), NOW)).toEqual(refused('OTHER_QUESTION'));
    const foreign = new Checker({ known, asking: { kind: 'DEFAULT', schemes: [] }, takesPaper: true });
    expect(foreign.check(code, NOW)).toEqual(refused('OTHER_SCHEME'));
    expect(foreign.check(print(), NOW)).toEqual(refused('OTHER_SCHEME'));
  });

  it('refusesAValueThatItsAttributeDoesNotHave', () => {
    const code = show(byDefault());
    for (const disclosed of [['Resident'], ['resident', 'resident'], [], ['resident\u200b']]) {
      expect(world.checker().check(changed(code, { disclosed }), NOW)).toEqual(refused('VALUE_NOT_ALLOWED'));
    }
  });

  it('cannotTellUnderAnOldRegisterAndRefusesUnderAYoungOne', () => {
    const code = changed(show(byDefault()), { epoch: 99 });
    expect(world.checker().check(code, NOW + DAY - 1)).toEqual(refused('UNKNOWN_EPOCH'));
    expect(world.checker().check(code, NOW + DAY)).toEqual(cannotTell('REGISTER_OLD'));
    expect(world.checker(null, false, world.office.known(NOW, null)).check(code, NOW)).toEqual(cannotTell('REGISTER_OLD'));
    expect(world.checker().check(changed(code, { epoch: 0 }), NOW)).toEqual(refused('UNKNOWN_EPOCH'));
  });

  it('cannotTellWithAClockBehindATimeItHasSeen', () => {
    const checker = world.checker();
    const code = show(byDefault());
    expect(checker.check(code, NOW - 1)).toEqual(cannotTell('CLOCK_BEHIND'));
    expect(checker.check('nothing', NOW - 1)).toEqual(refused('NOT_A_PASS'));
    expect(checker.check(code, NOW + 40)).toMatchObject(accepted);
    expect(checker.latestTime).toBe(NOW + 40);
    expect(checker.check(code, NOW + 39)).toEqual(cannotTell('CLOCK_BEHIND'));
    checker.useRegister(known.seen(NOW + HOUR));
    expect(checker.check(code, NOW + 50)).toEqual(cannotTell('CLOCK_BEHIND'));
  });

  it('isWellAgainWhenAClockThatWasFarAheadIsSetRight', () => {
    const checker = world.checker();
    const code = show(byDefault());
    expect(checker.check(code, NOW + 7_000 * DAY)).toMatchObject({ verdict: 'REFUSED' });
    expect(checker.latestTime).toBe(known.latestTime);
    expect(checker.check(code, NOW)).toMatchObject(accepted);
  });

  it('showingIsRefusedOutsideItsTimeSteps', () => {
    const step = Math.floor(NOW / 30) * 30;
    const verdicts = [119, 120].map((after) => world.checker().check(show(byDefault(step)), step + after));
    expect(verdicts).toMatchObject([accepted, refused('CODE_EXPIRED')]);
    const early = [30, 60].map((ahead) => world.checker().check(show(byDefault(step + ahead)), step + 29));
    expect(early).toMatchObject([accepted, refused('CODE_EARLY')]);
  });

  it('saysExpiredOnlyOfAPassThatVerifies', () => {
    const code = show(byDefault());
    const damaged = changed(code, { step: 7 });
    expect(world.checker().check(damaged, NOW)).toEqual(refused('NOT_A_PASS'));
  });

  it('showingIsRefusedOutsideItsEpoch', () => {
    const last = show(byDefault(NOW + DAY - 1));
    expect(world.checker().check(last, NOW + DAY)).toEqual(refused('EPOCH_OVER'));
    const ended = city({}, ({ office, epoch: leaf }) => office.publishStop(leaf, NOW + HOUR));
    const code = ended.show(ended.byDefault(NOW + HOUR - 1));
    expect(ended.checker().check(code, NOW + HOUR)).toEqual(refused('EPOCH_STOPPED'));
    const later = world.office.known(NOW - DAY);
    expect(world.checker(null, false, later).check(show(byDefault()), NOW - 1)).toEqual(refused('EPOCH_NOT_YET'));
  });

  it('showingIsRefusedOnceItsSchemeOrKeyHasEnded', () => {
    const stopped = city({}, ({ office, scheme: leaf }) => office.publishStop(leaf, NOW + HOUR));
    expect(stopped.checker().check(stopped.show(stopped.byDefault(NOW + HOUR - 1)), NOW + HOUR)).toEqual(refused('SCHEME_STOPPED'));
    expect(world.checker().check(show(byDefault()), NOW + 200 * DAY)).toEqual(refused('SCHEME_OVER'));
    const made = city();
    const code = made.show(made.byDefault());
    made.office.publishClosed(made.epoch);
    const { known: closed } = made.known.grow(made.office.checkpoint(NOW), made.office.lines, NOW);
    expect(made.checker(null, false, closed).check(code, NOW)).toEqual(refused('EPOCH_CLOSED'));
  });

  it('refusesTheSameCodeWithinItsWindow', () => {
    const posted = unsigned('static');
    const checker = world.checker(posted, true);
    const code = show(read(posted));
    expect(checker.check(code, NOW)).toMatchObject(accepted);
    expect(checker.check(code, NOW + 89)).toEqual(refused('CODE_SEEN'));
    expect(checker.check(show(read(posted)), NOW + 89)).toMatchObject(accepted);
  });

  it('remembersPaperWithoutAStampForTwoHours', () => {
    const free = city({ paper: { attributes: [0], scope: null } });
    const checker = free.checker(null, true);
    const paper = free.print();
    expect(checker.check(paper, NOW)).toMatchObject({ ...accepted, form: 'paper', stamp: null });
    expect(checker.check(paper, NOW + 7199)).toEqual(refused('CODE_SEEN'));
    expect(checker.check(paper, NOW + 7200)).toMatchObject(accepted);
  });

  it('takesPaperOnlyWhereItIsTold', () => {
    const paper = print();
    expect(world.checker(null, false).check(paper, NOW)).toEqual(refused('PAPER_NOT_TAKEN'));
    expect(world.checker(signed(), true).check(paper, NOW + HOUR)).toMatchObject({ ...accepted, form: 'paper', stamp: { scope: 0 } });
    const none = city({ paper: null });
    expect(none.checker(null, true).check(changed(none.show(none.byDefault()), { form: 'paper', step: 0 }), NOW)).toEqual(refused('PAPER_NOT_TAKEN'));
  });

  it('attack 8: takesNoPaperOfAnotherScopeThanItAsksFor', () => {
    const paper = print();
    expect(world.checker(signed({ scope: 1 }), true).check(paper, NOW)).toEqual(refused('PAPER_NOT_TAKEN'));
    const free = city({ paper: { attributes: [0], scope: null } });
    expect(free.checker(free.signed({ scope: 0 }), true).check(free.print(), NOW)).toEqual(refused('PAPER_NOT_TAKEN'));
  });

  it('neverTakesPaperForLiveNorLiveForPaper', () => {
    const paper = Showing.parse(print());
    const asLive = world.checker(null, true).check(changed(paper.toText(), { form: 'live' }), NOW);
    expect(asLive).toEqual(refused('OTHER_QUESTION'));
    const sameQuestion = city({ paper: { attributes: [0], scope: null }, default: [0] });
    const live = sameQuestion.show(sameQuestion.byDefault());
    const paperHash = Showing.parse(sameQuestion.print()).q;
    const asPaper = changed(live, { form: 'paper', step: 0, q: paperHash });
    expect(sameQuestion.checker(null, true).check(asPaper, NOW)).toEqual(refused('NOT_A_PASS'));
  });

  it('saysWhetherAStampIsMissingOrUnasked', () => {
    /** The answer of a wallet that gives another stamp than it is asked for. */
    const disobey = (question: Question, scope: number | null) => {
      const asks = [{ ...question.asks[0]!, scope }];
      return show(Object.create(read(question), { question: { value: { ...question, asks } } }));
    };
    const [stamped, plain] = [signed({ scope: 0 }), signed()];
    expect(world.checker(stamped).check(disobey(stamped, null), NOW)).toEqual(refused('STAMP_MISSING'));
    expect(world.checker(stamped).check(disobey(stamped, 1), NOW)).toEqual(refused('STAMP_UNASKED'));
    expect(world.checker(plain).check(disobey(plain, 1), NOW)).toEqual(refused('STAMP_UNASKED'));
    expect(world.checker(plain).check(disobey(plain, 1), NOW + 600)).toEqual(refused('CODE_EXPIRED'));
  });

  it('refusesAStampThatIsNotTheHolders', () => {
    const question = signed({ scope: 0 });
    const code = show(read(question));
    const another = Showing.parse(show(read(question), world.receive(known, epoch))).stamp!;
    expect(world.checker(question).check(changed(code, { stamp: another }), NOW)).toEqual(refused('NOT_A_PASS'));
    expect(world.checker(question).check(changed(code, { stamp: null }), NOW)).toEqual(refused('NOT_A_PASS'));
    expect(() => Pseudonym.parse(new Uint8Array(48))).toThrow(MalformedError);
  });

  it('seesTheSecondUseAfterTheFirstIsRecorded', () => {
    const question = signed({ scope: 0 });
    const checker = world.checker(question);
    const first = checker.check(show(read(question)), NOW) as Accepted;
    expect(checker.check(show(read(question)), NOW)).toMatchObject(accepted);
    expect(checker.record(first)).toBe(true);
    expect(checker.check(show(read(question)), NOW)).toEqual(refused('ALREADY_USED'));
    const restarted = new Checker({
      known, asking: { kind: 'OWN', question }, takesPaper: false, books: checker.books.map((book) => StampBook.fromJson(book.toJson())),
    });
    expect(restarted.check(show(read(question)), NOW)).toEqual(refused('ALREADY_USED'));
    const other = signed({ scope: 1 });
    const right = new Checker({ known, asking: { kind: 'OWN', question: other }, takesPaper: false, books: checker.books });
    expect(right.check(show(read(other)), NOW)).toMatchObject(accepted);
  });

  it('refusesACodeThatTheCheckerBeforeItAccepted', () => {
    const before = world.checker();
    const code = show(byDefault());
    expect(before.check(code, NOW)).toMatchObject(accepted);
    const after = world.checker();
    after.recall(before.seen);
    expect(after.check(code, NOW + 60)).toEqual(refused('CODE_SEEN'));
    expect(after.check(show(byDefault()), NOW + 60)).toMatchObject(accepted);
    after.sweep(NOW + 300);
    expect(after.seen).toEqual([]);
  });

  it('neverAcceptsASpecimen', () => {
    const specimen = city({ specimen: true });
    expect(specimen.checker().check(specimen.show(specimen.byDefault()), NOW)).toEqual({ verdict: 'SPECIMEN', form: 'live', scheme: specimen.scheme });
  });

  it('stampsByDefaultWhereASchemeSaysSo', () => {
    const one = city({ scopes: [{ id: 'entry', names: { en: 'Entry', et: 'Sisse' } }], default_scope: 0 });
    const checker = one.checker();
    const verdict = checker.check(one.show(one.byDefault()), NOW) as Accepted;
    expect(verdict.stamp).toMatchObject({ scope: 0 });
    checker.record(verdict);
    expect(checker.check(one.show(one.byDefault(NOW + 30)), NOW + 30)).toEqual(refused('ALREADY_USED'));
  });

  it('asksOnlyWhatTheRegisterPermits', () => {
    expect(() => world.checker(signed({ attributes: [0] }))).toThrow(RangeError);
    expect(() => world.checker(byDefault().question)).toThrow(RangeError);
    expect(() => world.checker(unsigned('fresh', { asks: [{ scheme, attributes: [0, 2], scope: null }] }))).toThrow(RangeError);
  });

  it('answersInTheUnsignedQuestionsOfSeveralSchemes', () => {
    const two = city({}, ({ office }) => office.publish({ ...known.register.scheme(scheme)!, id: 'second' }));
    const second = two.known.register.leavesOf('scheme')[1]!;
    const asks = [{ scheme: second, attributes: [2], scope: null }, { scheme: two.scheme, attributes: [2], scope: null }];
    const question = two.unsigned('fresh', { asks });
    const code = two.show(two.read(question), two.pass, 1);
    expect(two.checker(question).check(code, NOW)).toMatchObject(accepted);
    expect(() => two.show(two.read(question), two.pass, 0)).toThrow(RangeError);
    const both = new Checker({ known: two.known, asking: { kind: 'DEFAULT', schemes: [second, two.scheme] }, takesPaper: false });
    expect(both.check(two.show(two.byDefault()), NOW)).toMatchObject(accepted);
  });

  it('postsPlainVerdictsToItsPage', () => {
    const question = signed({ scope: 0 });
    for (const code of [show(read(question)), 'nothing']) {
      const verdict = world.checker(question).check(code, NOW);
      expect(structuredClone(verdict)).toEqual(verdict);
    }
  });
});

describe('a stamp book', () => {
  const secret = random(32);
  const stamps = Array.from({ length: 250 }, () => random(48));
  const book = new StampBook(epoch, 0);
  stamps.forEach((stamp) => book.record(stamp));

  it('tellsAPairedDoorInParts', () => {
    const other = new StampBook(epoch, 0);
    const codes = book.exchange(secret);
    expect(codes).toHaveLength(3);
    expect(codes.map((code) => other.merge(readExchange(code, secret)))).toEqual([100, 100, 50]);
    expect(stamps.every((stamp) => other.has(stamp))).toBe(true);
    expect(other.exchange(secret)).toEqual(codes);
    expect(new StampBook(epoch, 0).exchange(secret)).toHaveLength(1);
  });

  it('keepsNoOrder', () => {
    const back = new StampBook(epoch, 0);
    [...stamps].reverse().forEach((stamp) => back.record(stamp));
    expect(JSON.stringify(back.toJson())).toBe(JSON.stringify(book.toJson()));
    expect(back.toJson().stamps).toEqual(stamps.map(hex).sort());
    expect(Object.keys(back.toJson())).toEqual(['type', 'epoch', 'scope', 'stamps', 'heard']);
    const heard = new StampBook(epoch, 0);
    heard.merge(readExchange(book.exchange(secret)[0]!, secret));
    expect(StampBook.fromJson(JSON.parse(JSON.stringify(heard.toJson()))).toJson()).toEqual(heard.toJson());
  });

  it('hearsOnlyPairedDoors', () => {
    const [code] = book.exchange(secret) as [string];
    expect(() => readExchange(code, random(32))).toThrow(VerificationError);
    const some = new Uint8Array(16);
    const [one, two] = [new Uint8Array(8).fill(1), new Uint8Array(8).fill(2)];
    const prefixes = (...list: Uint8Array[]) => Uint8Array.from(list.flatMap((prefix) => [...prefix]));
    const leaf = new Uint8Array(32);
    for (const value of [
      [2, leaf, 0, 0, 1, prefixes(one), some], [1, leaf, 4, 0, 1, prefixes(one), some], [1, leaf, 0, 1, 1, prefixes(one), some],
      [1, leaf, 0, 0, 0, prefixes(one), some], [1, leaf, 0, 0, 2, prefixes(one), some], [1, leaf, 0, 0, 1, prefixes(two, one), some],
      [1, leaf, 0, 0, 1, prefixes(one, one), some], [1, leaf, 0, 0, 1, new Uint8Array(7), some], [1, leaf, 0, 0, 1, prefixes(one), one],
      [1, leaf, 0, 0, 1, new Uint8Array(808), some], [1, leaf, 0, 0, 1, prefixes(one)],
    ]) expect(() => readExchange(codeText('stampBook', value), secret)).toThrow(MalformedError);
    expect(() => readExchange(codeText('stampBook', [1, leaf, 0, 0, 1, prefixes(one, two), some]), secret)).toThrow(VerificationError);
  });

  it('isMergedOnlyForEpochsOfTheRegister', () => {
    const checker = world.checker();
    const [exchange] = book.exchange(secret).map((code) => readExchange(code, secret));
    expect(checker.merge(exchange!)).toBe(100);
    expect(() => checker.merge({ ...exchange!, scope: 2 })).toThrow(MalformedError);
    expect(() => checker.merge({ ...exchange!, epoch: scheme })).toThrow(MalformedError);
  });

  it('isErasedWhenItsEpochIsSurelyOver', () => {
    const unknown = new StampBook('ab'.repeat(32), 0);
    const door = () => new Checker({
      known: world.known, takesPaper: false, asking: { kind: 'DEFAULT', schemes: [scheme] }, books: [new StampBook(epoch, 0), unknown],
    });
    const byClock = door();
    for (const wrong of [NOW + 3 * DAY - 1, NOW + 30 * DAY + 1, NOW + 7_000 * DAY]) {
      byClock.sweep(wrong);
      expect(byClock.books).toHaveLength(2);
    }
    byClock.sweep(NOW + 3 * DAY);
    expect(byClock.books).toEqual([unknown]);
    const bySignature = door();
    bySignature.useRegister(world.office.known(NOW + DAY - 1));
    bySignature.sweep(NOW + DAY);
    expect(bySignature.books).toHaveLength(2);
    bySignature.useRegister(world.office.known(NOW + DAY));
    bySignature.sweep(NOW + DAY);
    expect(bySignature.books).toEqual([unknown]);
  });

  it('isRestoredOnlyAsItWasStored', () => {
    const json = book.toJson();
    for (const wrong of [{ ...json, scope: 4 }, { ...json, stamps: [...json.stamps].reverse() }, { ...json, heard: ['00'] }, { ...json, time: 1 }, 'x']) {
      expect(() => StampBook.fromJson(wrong)).toThrow(MalformedError);
    }
  });
});
