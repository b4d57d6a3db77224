import { crowdSize, epochsToAsk, type Leaf, overdueEpochs, type Pass, Question, type Register, runningEpoch, schemeState, type SchemeLine, seconds } from '@safeconduct/core';
import { clock } from './clock.ts';
import type { Holding, Keeping, KeptOffice } from './keeping.ts';
import type { AttributeView, AuthorityView, OfficeView, PassView, TellsView, WaitingView, WalletView } from './views.ts';

/** Passes that end sooner than this are told of, if more could be fetched. */
const SOON_SECONDS = 86_400;

/** Everything the screens say about what is kept. */
export async function walletView(keeping: Keeping): Promise<WalletView> {
  const now = clock();
  const offices = await keeping.offices();
  const passes: PassView[] = [];
  const waiting: WaitingView[] = [];
  for (const holding of await keeping.holdings()) {
    const office = offices.find(({ leaf }) => leaf === holding.office);
    if (office === undefined) continue;
    if (holding.waiting !== undefined) waiting.push({ from: holding.waiting.from, until: holding.waiting.until, id: holding.id, person: holding.person, office: officeView(office, now) });
    if (holding.scheme !== null) passes.push(passView(holding, holding.scheme, office, await keeping.passes(holding.id), now));
  }
  return {
    offices: offices.map((office) => officeView(office, now)),
    authorities: offices.flatMap(authorityViews),
    passes, waiting,
    people: [...new Set(passes.map(({ person }) => person).filter((person) => person !== ''))],
    clockBehind: offices.some(({ known }) => known.isBehind(now)),
    kept: keeping.kept,
  };
}

const authorityViews = ({ address, known: { register } }: KeptOffice): AuthorityView[] => register.leavesOf('authority')
  .map((leaf) => ({ leaf, line: register.authority(leaf)!, address, language: register.office.languages[0] ?? 'en' }));

export function officeView({ leaf, address, known }: KeptOffice, now: number): OfficeView {
  const { office, officeWords, rootWords } = known.register;
  return {
    leaf, address, names: office.names, language: office.languages[0] ?? 'en', contact: office.contact,
    words: officeWords, registerWords: rootWords, registerTime: known.signedTime, old: known.isOld(now),
    split: known.evidence.length > 0, overdue: overdueEpochs(known.register, now).length,
  };
}

function passView(holding: Holding, leaf: Leaf, office: KeptOffice, passes: readonly Pass[], now: number): PassView {
  const { register } = office.known;
  const scheme = schemeOf(register, leaf);
  const held = new Map(passes.map((pass) => [pass.epoch, pass]));
  const running = runningEpoch(register, leaf, now);
  const current = running === null ? undefined : held.get(running);
  const readyUntil = current === undefined ? null : heldUntil(register, leaf, held, current.epoch);
  const over = schemeState(register, leaf, now) !== 'VALID';
  const missing = over ? [] : epochsToAsk(office.known, leaf, now).filter((epoch) => !held.has(epoch) && !holding.lost.includes(epoch));
  const later = [...held.keys()].map((epoch) => fromOf(register, epoch)).filter((from) => from > now).sort((a, b) => a - b)[0] ?? null;
  const state = over ? 'over' : current !== undefined ? 'ready' : running === null && later !== null ? 'later' : 'fetch';
  const any = current ?? passes[0];
  const endsSoon = readyUntil !== null && readyUntil - now < SOON_SECONDS && readyUntil < seconds(scheme.sunset);
  return {
    id: holding.id, person: holding.person, office: officeView(office, now),
    names: scheme.names, purpose: scheme.purpose, legalBasis: scheme.legal_basis, specialBasis: scheme.special_basis,
    specimen: scheme.specimen, sunset: seconds(scheme.sunset), state, readyUntil, nextFrom: later,
    expiringSoon: endsSoon && (missing.length > 0 || office.known.isOld(now)),
    attributes: any === undefined ? [] : scheme.attributes.map((attribute, index) => attributeView(attribute, any.values[index] ?? '')),
    usual: current === undefined ? null : tells(register, current, scheme.default, scheme.default_scope),
    paper: current === undefined ? null : paperView(register, leaf, current),
  };
}

function paperView(register: Register, leaf: Leaf, pass: Pass) {
  const ask = Question.paper(leaf, schemeOf(register, leaf))?.asks[0];
  return ask === undefined ? null : { ...tells(register, pass, ask.attributes, ask.scope), until: untilOf(register, pass.epoch) };
}

const attributeView = ({ names, special, domain }: SchemeLine['attributes'][number], value: string): AttributeView =>
  ({ names, special, value, dayMonth: domain.kind === 'day-month' });

/** What a showing of a pass tells, and what not. */
export function tells(register: Register, pass: Pass, attributes: readonly number[], scope: number | null): TellsView {
  const scheme = schemeOf(register, pass.scheme);
  return {
    shows: attributes.map((index) => attributeView(scheme.attributes[index]!, pass.values[index] ?? '')),
    hides: scheme.attributes.filter((_, index) => !attributes.includes(index)).map(({ names }) => names),
    stampFor: scope === null ? null : scheme.scopes[scope]?.names ?? null,
    stampUntil: untilOf(register, pass.epoch),
    crowd: crowdSize(register, pass.epoch, attributes),
  };
}

/** Until when passes follow each other without a gap. */
function heldUntil(register: Register, scheme: Leaf, held: ReadonlyMap<Leaf, Pass>, from: Leaf): number {
  let until = untilOf(register, from);
  for (const epoch of register.epochsOf(scheme)) {
    if (held.has(epoch) && fromOf(register, epoch) === until) until = untilOf(register, epoch);
  }
  return until;
}

export function schemeOf(register: Register, leaf: Leaf): SchemeLine {
  const scheme = register.scheme(leaf);
  if (scheme === null) throw new RangeError('no such scheme');
  return scheme;
}

const fromOf = (register: Register, epoch: Leaf): number => seconds(register.epoch(epoch)!.from);
const untilOf = (register: Register, epoch: Leaf): number => seconds(register.epoch(epoch)!.until);
