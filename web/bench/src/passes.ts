import {
  type Attribute, type AskerLine, type Domain, type Leaf, Question, type QuestionFields, type SchemeLine, SentQuestion,
} from '@safeconduct/core';
import { citySchemeLine, NOW, Office } from '../../core/test/support/office.ts';
import { seededRandom } from '../../core/test/support/random.ts';
import { type Uniform } from './random.ts';

const SCHEMES = 8;
const MOST_ATTRIBUTES = 8;
const MOST_SCOPES = 4;
const DAY = 86_400;
const WORDS = ['resident', 'worker', 'Põhja-Tallinn', 'доставка', 'مقيم', 'x', 'a value of forty octets, not one of more'];

const both = (text: string) => ({ en: text, et: text });

/** A scheme with who may ask what of it, and a running epoch. */
export interface Kind {
  readonly scheme: Leaf;
  readonly line: SchemeLine;
  readonly asker: Leaf;
  readonly epoch: Leaf;
}

/** Random draws that a seed repeats. */
export class Draw {
  readonly #uniform: Uniform;

  constructor(uniform: Uniform) {
    this.#uniform = uniform;
  }

  below(count: number): number {
    return Math.floor(this.#uniform() * count);
  }

  some(count: number): number[] {
    return Array.from({ length: count }, (_, i) => i).filter(() => this.below(2) === 1);
  }

  one<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

/** An office with schemes of random attributes, domains and scopes. */
export function officeOf(draw: Draw, seed: string) {
  const office = new Office(seed);
  const kinds = Array.from({ length: SCHEMES }, (_, number): Kind => {
    const line = schemeLine(draw, number);
    const scheme = office.publish(line);
    const asker = office.publishAsker(scheme, {
      attributes: line.attributes.map((_, i) => i), scopes: line.scopes.map((_, i) => i), names: both(`asker ${number}`),
    } satisfies Partial<AskerLine>);
    return { scheme, line, asker, epoch: office.publishEpoch(scheme, 1) };
  });
  return { office, kinds, known: office.known() };
}

function schemeLine(draw: Draw, number: number): SchemeLine {
  const attributes = Array.from({ length: draw.below(MOST_ATTRIBUTES + 1) }, (_, i): Attribute => (
    { id: `attribute-${i}`, names: both(`attribute ${i}`), identity: false, special: false, domain: domain(draw) }
  ));
  const scopes = Array.from({ length: 1 + draw.below(MOST_SCOPES) }, (_, i) => ({ id: `scope-${i}`, names: both(`scope ${i}`) }));
  return citySchemeLine({ id: `scheme-${number}`, attributes, scopes, default: draw.some(attributes.length), default_scope: scopes.length === 1 ? draw.one([0, null]) : null, paper: null });
}

function domain(draw: Draw): Domain {
  const first = 1900 + draw.below(100);
  return draw.one<Domain>([
    { kind: 'letter' }, { kind: 'day-month' }, { kind: 'year', first, last: first + 1 + draw.below(100) },
    { kind: 'list', values: WORDS.slice(0, 2 + draw.below(WORDS.length - 1)) },
  ]);
}

/** Random values for every attribute of a scheme. */
export const valuesOf = (draw: Draw, { attributes }: SchemeLine): string[] => attributes.map(({ domain: of }) => {
  switch (of.kind) {
    case 'list': return draw.one(of.values);
    case 'letter': return draw.one([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ-']);
    case 'day-month': return new Date(Date.UTC(2024, 0, 1 + draw.below(366))).toISOString().slice(5, 10);
    case 'year': return String(of.first + draw.below(of.last - of.first + 1));
  }
});

/** A question to a pass of this kind: the default one (null), or an asker's, on a poster or fresh on a screen. */
export function questionOf(draw: Draw, office: Office, { scheme, line, asker }: Kind): SentQuestion | null {
  const source = draw.one(['static', 'fresh', null] as const);
  if (source === null) return null;
  const { size, root } = tip(office);
  const more = source === 'fresh' ? draw.some(line.attributes.length) : [];
  const attributes = [...line.attributes.keys()].filter((index) => line.default.includes(index) || more.includes(index));
  const ask = { scheme, attributes, scope: draw.one([line.default_scope, ...line.scopes.keys()]) };
  const fields: QuestionFields = {
    source, asks: [ask], asker, door: draw.one([null, 0, 1]), nonce: seededRandom(`nonce ${draw.below(2 ** 32)}`)(16),
    notBefore: NOW, notAfter: NOW + (source === 'fresh' ? 120 : 30 * DAY), size, root,
  };
  return SentQuestion.sign(Question.of(fields), office.askerKey);
}

function tip(office: Office): { size: number; root: Uint8Array } {
  const { register } = office.known();
  return { size: register.size, root: register.root() };
}
