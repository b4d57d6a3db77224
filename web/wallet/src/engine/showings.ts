import {
  Asked, type Leaf, MalformedError, type Pass, runningEpoch, SentQuestion, STEP, stepOf, systemRandom, type UnansweredReason,
} from '@safeconduct/core';
import { Failure } from '@safeconduct/ui/call.ts';
import { clock } from './clock.ts';
import type { Holding, Keeping, KeptOffice } from './keeping.ts';
import type { AnswerView, CodeView, QuestionView } from './views.ts';
import { schemeOf, tells } from './walletView.ts';

/** A code counts for so many steps after its own (pass.md 5.3). */
const LATE_STEPS = 3;

const UNANSWERED: Readonly<Record<UnansweredReason, string>> = {
  UNKNOWN_SCHEME: 'question_unknown', UNKNOWN_ASKER: 'question_unknown', NOT_PERMITTED: 'question_form',
  SIGNATURE_WRONG: 'question_asker', QUESTION_EARLY: 'question_early', QUESTION_OVER: 'question_late',
  REGISTERS_DIFFER: 'question_split', OTHER_REGISTER: 'question_unknown', ASKER_STOPPED: 'question_asker', ASKER_OVER: 'question_asker',
  SCHEME_STOPPED: 'question_over', SCHEME_OVER: 'question_over',
};

/** Makes showings. It asks the network nothing, and keeps nothing of what was shown or who asked. */
export class Showings {
  readonly #keeping: Keeping;
  #read: { readonly sent: SentQuestion; readonly office: Leaf } | null = null;

  constructor(keeping: Keeping) {
    this.#keeping = keeping;
  }

  /** The code for a door that asks nothing of its own. */
  async live(id: string): Promise<CodeView> {
    const holding = await this.#keeping.holding(id);
    const { known: { register } } = await this.#keeping.office(holding.office);
    const now = clock();
    const pass = await this.#running(holding, register, now);
    return this.#show(pass, Asked.default(register, pass.scheme, now), 0, register);
  }

  /** Reads a door's question and says what each pass would tell; nothing is shown yet. */
  async readQuestion(code: string): Promise<QuestionView> {
    const sent = parseQuestion(code);
    const office = await this.#officeOf(sent);
    const { asked, known } = Asked.read(sent, office.known, clock());
    await this.#keeping.putOffice({ ...office, known });
    if (asked.kind === 'UNANSWERED') throw new Failure(UNANSWERED[asked.reason]);
    this.#read = { sent, office: office.leaf };
    const { register } = known;
    return {
      asker: asked.by?.line.names ?? null, door: asked.by?.door ?? null,
      officeNames: register.office.names, officeLanguage: register.office.languages[0] ?? 'en',
      answers: await this.#answers(asked, office), clockCorrected: asked.clockWrong,
    };
  }

  /** Answers the question that was read last. The holder has agreed. */
  async answer(id: string, ask: number): Promise<CodeView> {
    if (this.#read === null) throw new Failure('question');
    const { known } = await this.#keeping.office(this.#read.office);
    const { asked } = Asked.read(this.#read.sent, known, clock());
    if (asked.kind === 'UNANSWERED') throw new Failure(UNANSWERED[asked.reason]);
    const pass = await this.#running(await this.#keeping.holding(id), known.register, asked.now);
    return this.#show(pass, asked, ask, known.register);
  }

  /** Makes the paper of the pass of now; it is kept before it is printed, so that there is only one. */
  async makePaper(id: string): Promise<string> {
    const holding = await this.#keeping.holding(id);
    const { known: { register } } = await this.#keeping.office(holding.office);
    const printed = (await this.#running(holding, register, clock())).print(register, clock(), systemRandom);
    if (printed.kind === 'NOT_PRINTED') throw new Failure('no_pass');
    await this.#keeping.putPass(id, printed.pass);
    return printed.paper.text;
  }

  async #answers(asked: Asked, { leaf, known: { register } }: KeptOffice): Promise<readonly AnswerView[]> {
    const answers: AnswerView[] = [];
    for (const [index, ask] of asked.question.asks.entries()) {
      const running = runningEpoch(register, ask.scheme, asked.now);
      for (const holding of await this.#keeping.holdings()) {
        if (holding.office !== leaf || holding.scheme !== ask.scheme) continue;
        const pass = (await this.#keeping.passes(holding.id)).find(({ epoch }) => epoch === running);
        const { names, specimen } = schemeOf(register, ask.scheme);
        if (pass !== undefined) {
          answers.push({ ...tells(register, pass, ask.attributes, ask.scope), pass: holding.id, ask: index, person: holding.person, names, specimen });
        }
      }
    }
    return answers;
  }

  async #running(holding: Holding, register: KeptOffice['known']['register'], now: number): Promise<Pass> {
    const running = holding.scheme === null ? null : runningEpoch(register, holding.scheme, now);
    const pass = (await this.#keeping.passes(holding.id)).find(({ epoch }) => epoch === running);
    if (pass === undefined) throw new Failure('no_pass');
    return pass;
  }

  #show(pass: Pass, asked: Asked, ask: number, register: KeptOffice['known']['register']): CodeView {
    const shown = pass.show(asked, ask, register, systemRandom);
    if (shown.kind === 'NOT_SHOWN') throw new Failure('no_pass');
    const { showing } = shown;
    if (asked.question.source !== 'fresh') {
      const from = stepOf(clock()) * STEP;
      return { text: showing.toText(), from, until: from + STEP, renews: true };
    }
    // Counted on this device's clock, also where that clock is wrong.
    const ahead = clock() - asked.now;
    const from = showing.step * STEP + ahead;
    return { text: showing.toText(), from, until: from + (LATE_STEPS + 1) * STEP, renews: false };
  }

  async #officeOf({ question }: SentQuestion): Promise<KeptOffice> {
    const office = (await this.#keeping.offices()).find(({ known: { register } }) =>
      question.asks.some(({ scheme }) => register.scheme(scheme) !== null));
    if (office === undefined) throw new Failure('question_unknown');
    return office;
  }
}

function parseQuestion(code: string): SentQuestion {
  try {
    return SentQuestion.parse(code);
  } catch (error) {
    if (error instanceof MalformedError) throw new Failure('question');
    throw error;
  }
}
