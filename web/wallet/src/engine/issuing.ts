import {
  epochsToAsk, type Leaf, MalformedError, Offer, parseGrants, PendingPass, systemRandom, VerificationError, walletHash, walletSecret,
} from '@safeconduct/core';
import { jsonOf } from '@safeconduct/ui/answer.ts';
import { Failure, type Progress } from '@safeconduct/ui/call.ts';
import { chance } from '@safeconduct/ui/chance.ts';
import { ask } from '@safeconduct/ui/office.ts';
import { clock } from './clock.ts';
import type { Holding, Keeping, KeptOffice, Waiting } from './keeping.ts';
import type { Offices } from './offices.ts';
import type { OfferView } from './views.ts';

/** Items of one request (http.md 3). */
const BATCH = 32;
/** More than so many grants with the longest values take. */
const MOST_ANSWER_OCTETS = 131_072;
const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';
/** The next fetch is due somewhere in this part of the time for which passes are held, and comes when the app is open next. */
const DUE_FROM = 0.3;
const DUE_SPREAD = 0.4;
const DAY = 86_400;
/** A turn that could not be taken, for there was no network, is tried again so much later; the place stays good. */
const TRY_LATER_SECONDS = 60;
/** Nobody comes back to a busy office at the very time: a second by chance with a place (http.md 6.1), else a tenth of the time. */
const PLACE_SPREAD_SECONDS = 1;
const SPREAD = 0.1;

/** Fetches passes (http.md 4 and 5): what was asked for is stored before it is sent, and sent again after anything. */
export class Issuing {
  readonly #keeping: Keeping;
  readonly #offices: Offices;

  constructor(keeping: Keeping, offices: Offices) {
    this.#keeping = keeping;
    this.#offices = offices;
  }

  async readOffer(text: string): Promise<OfferView> {
    const { known } = (await this.#officeOf(parseOffer(text)));
    return { officeNames: known.register.office.names, officeLanguage: known.register.office.languages[0] ?? 'en' };
  }

  async redeem(text: string, digits: string, person: string, progress: Progress): Promise<string> {
    if (!/^(\d{6})?$/.test(digits)) throw new Failure('digits');
    const offer = parseOffer(text);
    const { leaf, known } = await this.#officeOf(offer);
    if (known.isOld(clock())) await this.#offices.update(leaf, progress);
    const before = (await this.#keeping.holdings()).find(({ code }) => code === offer.code);
    const holding = before ?? {
      id: crypto.randomUUID(), office: leaf, scheme: null, person, code: offer.code,
      secret: toHex(walletSecret(systemRandom)), due: 0, lost: [],
    };
    await this.#keeping.putHolding(holding);
    await this.#fetchFirst(holding, digits, progress);
    return holding.id;
  }

  async fetchAhead(id: string, progress: Progress): Promise<void> {
    const holding = await this.#keeping.holding(id);
    if ((await this.#keeping.office(holding.office)).known.isOld(clock())) await this.#offices.update(holding.office, progress);
    await this.#alone(() => this.#fetch(holding, '', progress));
  }

  /** Goes on where the office was too busy, once the turn has come. */
  async takeTurn(id: string, progress: Progress): Promise<void> {
    const holding = await this.#keeping.holding(id);
    const { waiting } = holding;
    if (waiting === undefined || waiting.until > exactly()) return;
    await this.#keeping.putHolding({ ...holding, waiting: { ...waiting, from: exactly(), until: exactly() + TRY_LATER_SECONDS } });
    await (holding.scheme === null ? this.#fetchFirst(holding, waiting.digits, progress) : this.fetchAhead(id, progress));
  }

  async #fetchFirst(holding: Holding, digits: string, progress: Progress): Promise<void> {
    try {
      await this.#alone(() => this.#fetch(holding, digits, progress));
    } catch (error) {
      const refused = error instanceof Failure && error.code === 'invalid_grant';
      if (refused && (await this.#keeping.holding(holding.id)).scheme === null) await this.#keeping.removeHolding(holding.id);
      throw error;
    }
  }

  /** One holding at a time, each at a time of its own: two people on one phone are not fetched together. */
  async fetchDue(progress: Progress): Promise<boolean> {
    const due = (await this.#keeping.holdings()).find((holding) => holding.scheme !== null && holding.due <= clock() && holding.waiting === undefined);
    if (due === undefined) return false;
    await this.#keeping.putHolding({ ...due, due: clock() + DAY / 8 });
    await this.fetchAhead(due.id, progress).catch((error: unknown) => {
      if (!(error instanceof Failure) || error.code !== 'no_epoch') throw error;
    });
    return true;
  }

  /** Another tab may fetch too: the second one waits, and finds the passes of the first. */
  async #alone(act: () => Promise<void>): Promise<void> {
    await navigator.locks.request('safeconduct-wallet-fetch', act);
  }

  async #officeOf(offer: Offer): Promise<KeptOffice> {
    const office = (await this.#keeping.offices()).find(({ leaf }) => offer.isOf(leaf));
    if (office === undefined) throw new Failure('no_office_for_offer');
    return office;
  }

  /** Where the office is too busy, the turn is kept and nothing is thrown: {@link takeTurn} goes on. */
  async #fetch(given: Holding, digits: string, progress: Progress): Promise<void> {
    try {
      await this.#fetchNow(given, digits, progress);
    } catch (error) {
      if (!(error instanceof Busy)) throw error;
      const waiting = turnAfter(error, digits);
      await this.#keeping.putHolding({ ...await this.#keeping.holding(given.id), waiting });
    }
  }

  async #fetchNow(given: Holding, digits: string, progress: Progress): Promise<void> {
    const office = await this.#keeping.office(given.office);
    progress(0, 3);
    const token = await requestToken(office.address, given, digits);
    const scheme = schemeCalled(office, token.scheme);
    const holding = { ...await this.#keeping.holding(given.id), scheme, waiting: undefined };
    await this.#keeping.putHolding(holding);
    progress(1, 3);
    const wanted = await this.#wanted(office, holding, scheme);
    if (wanted.length === 0) {
      await this.#plan(office, holding);
      throw new Failure('no_epoch');
    }
    await this.#request(office, holding, token, wanted, progress);
    await this.#plan(office, holding);
  }

  /** The epochs without a pass, each with its pending pass, made now or kept from before. */
  async #wanted({ known }: KeptOffice, { id, lost }: Holding, scheme: Leaf): Promise<readonly PendingPass[]> {
    const held = new Set((await this.#keeping.passes(id)).map(({ epoch }) => epoch));
    const before = new Map((await this.#keeping.pending(id)).map((pending) => [pending.epoch, pending]));
    const epochs = epochsToAsk(known, scheme, clock()).filter((epoch) => !held.has(epoch) && !lost.includes(epoch)).slice(0, BATCH);
    const wanted: PendingPass[] = [];
    for (const epoch of epochs) {
      const pending = before.get(epoch) ?? PendingPass.make(known, epoch, clock(), systemRandom);
      if (!before.has(epoch)) await this.#keeping.putPending(id, pending);
      wanted.push(pending);
    }
    return wanted;
  }

  /** Asks for all at once; if the office refuses because of one, singly, so that the others still come. */
  async #request(office: KeptOffice, holding: Holding, token: Token, wanted: readonly PendingPass[], progress: Progress): Promise<void> {
    const refusals: Failure[] = [];
    const one = async (some: readonly PendingPass[]): Promise<void> => {
      try {
        await this.#receive(office, holding, some, await requestPasses(office.address, token, holding, some));
      } catch (error) {
        const about = error instanceof Failure && (error.code === 'already_issued' || error.code === 'epoch_not_open');
        if (!about) throw error;
        refusals.push(error);
        if (some.length > 1) for (const pending of some) await one([pending]);
        else if (some[0] !== undefined && error.code === 'already_issued') await this.#giveUp(holding.id, some[0].epoch);
      }
      progress(3, 3);
    };
    progress(2, 3);
    await one(wanted);
    if (refusals[0] !== undefined && (await this.#keeping.passes(holding.id)).length === 0) throw refusals[0];
  }

  async #receive(office: KeptOffice, holding: Holding, wanted: readonly PendingPass[], answer: unknown): Promise<void> {
    try {
      const grants = parseGrants(answer, wanted.map(({ request }) => request));
      const passes = wanted.map((pending, index) => pending.receive(grants[index]!, office.known.register));
      for (const pass of passes) await this.#keeping.putPass(holding.id, pass);
    } catch (error) {
      if (error instanceof MalformedError || error instanceof VerificationError) throw new Failure('received');
      throw error;
    }
  }

  async #giveUp(id: string, epoch: Leaf): Promise<void> {
    const holding = await this.#keeping.holding(id);
    await this.#keeping.putHolding({ ...holding, lost: [...holding.lost, epoch] });
    await this.#keeping.removePending(id, epoch);
  }

  /** Chooses when passes are fetched next: at random inside the time for which some are held. */
  async #plan({ known }: KeptOffice, { id }: Holding): Promise<void> {
    const now = clock();
    const ends = (await this.#keeping.passes(id)).map(({ epoch }) => Date.parse(known.register.epoch(epoch)?.until ?? '') / 1000);
    const span = Math.max(DAY / 4, Math.max(now, ...ends) - now);
    await this.#keeping.putHolding({ ...await this.#keeping.holding(id), due: Math.floor(now + span * (DUE_FROM + DUE_SPREAD * chance())) });
  }
}

/** The office has too much to do just now. */
class Busy extends Failure {
  readonly place: string;
  readonly seconds: number;

  constructor(place: string, seconds: number) {
    super('busy');
    this.place = place;
    this.seconds = seconds;
  }
}

function turnAfter({ place, seconds }: Busy, digits: string): Waiting {
  const from = exactly();
  return { place, from, until: from + seconds + chance() * (place === '' ? SPREAD * seconds : PLACE_SPREAD_SECONDS), digits };
}

interface Token { readonly token: string; readonly scheme: string }

function parseOffer(text: string): Offer {
  try {
    return Offer.parse(text);
  } catch (error) {
    if (error instanceof MalformedError) throw new Failure('offer');
    throw error;
  }
}

function schemeCalled({ known: { register } }: KeptOffice, id: string): Leaf {
  const leaf = register.leavesOf('scheme').find((one) => register.scheme(one)?.id === id);
  if (leaf === undefined) throw new Failure('refused');
  return leaf;
}

async function requestToken(address: string, { code, secret, waiting }: Holding, digits: string): Promise<Token> {
  const form = new URLSearchParams({ grant_type: GRANT_TYPE, 'pre-authorized_code': code, wallet_hash: walletHash(fromHex(secret)) });
  if (digits !== '') form.set('tx_code', digits);
  if (waiting !== undefined && waiting.place !== '') form.set('place', waiting.place);
  const answer = await post(address, '/token', { body: form }) as { access_token?: unknown; credential_configuration_id?: unknown };
  if (typeof answer.access_token !== 'string' || typeof answer.credential_configuration_id !== 'string') throw new Failure('received');
  return { token: answer.access_token, scheme: answer.credential_configuration_id };
}

function requestPasses(address: string, { token, scheme }: Token, { secret }: Holding, wanted: readonly PendingPass[]): Promise<unknown> {
  return post(address, '/credential', {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      credential_configuration_id: scheme,
      proofs: { bbs_commitment: wanted.map(({ request: { commitment, epoch } }) => ({ commitment, epoch })) },
      wallet_secret: secret,
    }),
  });
}

/** Posts, and turns the office's refusal into a failure the holder can read (http.md 6). */
async function post(address: string, path: string, request: RequestInit): Promise<unknown> {
  const answer = await ask(address, path, { ...request, method: 'POST' });
  const json = await jsonOf(answer, MOST_ANSWER_OCTETS).catch((error: unknown) => {
    throw error instanceof Failure ? error : new Failure(answer.ok ? 'received' : 'offline');
  }) as { error?: unknown; place?: unknown };
  if (answer.ok) return json;
  const code = typeof json.error === 'string' ? json.error : '';
  if (code === 'invalid_grant' || code === 'already_issued' || code === 'epoch_not_open') throw new Failure(code);
  const wait = Math.max(1, Number(answer.headers.get('retry-after')) || 60);
  if (answer.status === 429) throw new Failure('busy', { minutes: Math.ceil(wait / 60) });
  if (answer.status === 503) throw new Busy(typeof json.place === 'string' && PLACE.test(json.place) ? json.place : '', wait);
  throw new Failure('refused');
}

const PLACE = /^[\w-]{1,200}$/;

/** Unix time with its fraction: turns are closer together than seconds. */
const exactly = (): number => Date.now() / 1000;

const toHex = (octets: Uint8Array): string => Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');
const fromHex = (text: string): Uint8Array => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
