import { AheadError, KnownRegister, type Leaf, Pass, PendingPass, type Register } from '@safeconduct/core';
import { Failure } from '@safeconduct/ui/call.ts';
import type { Store } from '@safeconduct/ui/store.ts';

export const KINDS = ['offices', 'holdings', 'passes', 'pending'] as const;

/** An office this wallet was told of, and what is known of it. */
export interface KeptOffice {
  readonly leaf: Leaf;
  readonly address: string;
  readonly known: KnownRegister;
}

/** One redeemed offer: whose it is, and what fetches its passes. The code and the secret are secrets. */
export interface Holding {
  readonly id: string;
  readonly office: Leaf;
  /** Null until the office has answered for the first time. */
  readonly scheme: Leaf | null;
  readonly person: string;
  readonly code: string;
  readonly secret: string;
  /** When the next passes are fetched by themselves, Unix seconds. */
  readonly due: number;
  /** Epochs whose passes the office issued to another phone: not asked for again. */
  readonly lost: readonly Leaf[];
  /** While the office has too much to do. */
  readonly waiting?: Waiting | undefined;
}

/** A turn at an office that is busy (http.md 6.1): asked again at `until`, with the place it gave, if it gave one. */
export interface Waiting {
  readonly place: string;
  readonly from: number;
  readonly until: number;
  /** The number that came separately, until it was taken. */
  readonly digits: string;
}

interface OfficeJson { readonly leaf: Leaf; readonly address: string; readonly known: unknown }
interface Owned { readonly holding: string; readonly json: unknown }

/** Everything the backup carries. */
export interface Everything {
  readonly offices: readonly OfficeJson[];
  readonly holdings: readonly Holding[];
  readonly passes: readonly Owned[];
  readonly pending: readonly Owned[];
}

/** What this wallet keeps, in words of its own. Passes of an epoch stand under holding and epoch, one each. */
export class Keeping {
  readonly #store: Store;
  /** Reading a register costs time; it is read again only when its text changed. */
  readonly #read = new Map<Leaf, { readonly json: unknown; readonly office: KeptOffice }>();

  constructor(store: Store) {
    this.#store = store;
  }

  get kept(): boolean {
    return this.#store.kept;
  }

  async offices(): Promise<readonly KeptOffice[]> {
    return (await this.#store.all('offices') as readonly OfficeJson[]).map((json) => this.#office(json));
  }

  async office(leaf: Leaf): Promise<KeptOffice> {
    const json = await this.#store.get('offices', leaf) as OfficeJson | undefined;
    if (json === undefined) throw new Failure('internal');
    return this.#office(json);
  }

  async putOffice({ leaf, address, known }: KeptOffice): Promise<void> {
    await this.#store.put('offices', leaf, { leaf, address, known: known.toJson() } satisfies OfficeJson);
  }

  async removeOffice(leaf: Leaf): Promise<void> {
    for (const holding of await this.holdings()) if (holding.office === leaf) await this.removeHolding(holding.id);
    await this.#store.delete('offices', leaf);
  }

  async holdings(): Promise<readonly Holding[]> {
    return await this.#store.all('holdings') as readonly Holding[];
  }

  async holding(id: string): Promise<Holding> {
    const holding = await this.#store.get('holdings', id) as Holding | undefined;
    if (holding === undefined) throw new Failure('no_pass');
    return holding;
  }

  async putHolding(holding: Holding): Promise<void> {
    await this.#store.put('holdings', holding.id, holding);
  }

  async rename(id: string, person: string): Promise<void> {
    await this.putHolding({ ...await this.holding(id), person });
  }

  async removeHolding(id: string): Promise<void> {
    for (const pass of await this.passes(id)) await this.#store.delete('passes', keyOf(id, pass.epoch));
    for (const pending of await this.pending(id)) await this.#store.delete('pending', keyOf(id, pending.epoch));
    await this.#store.delete('holdings', id);
  }

  async passes(holding: string): Promise<readonly Pass[]> {
    return (await this.#owned('passes', holding)).map((json) => Pass.fromJson(json));
  }

  async putPass(holding: string, pass: Pass): Promise<void> {
    await this.#store.put('passes', keyOf(holding, pass.epoch), { holding, json: pass.toJson() } satisfies Owned);
    await this.#store.delete('pending', keyOf(holding, pass.epoch));
  }

  async removePass(holding: string, epoch: Leaf): Promise<void> {
    await this.#store.delete('passes', keyOf(holding, epoch));
  }

  async pending(holding: string): Promise<readonly PendingPass[]> {
    return (await this.#owned('pending', holding)).map((json) => PendingPass.fromJson(json));
  }

  /** Returns when the pending pass is safely stored: only then may its request be sent. */
  async putPending(holding: string, pending: PendingPass): Promise<void> {
    await this.#store.put('pending', keyOf(holding, pending.epoch), { holding, json: pending.toJson() } satisfies Owned);
  }

  async removePending(holding: string, epoch: Leaf): Promise<void> {
    await this.#store.delete('pending', keyOf(holding, epoch));
  }

  async everything(): Promise<Everything> {
    const all = async <T>(kind: string): Promise<readonly T[]> => await this.#store.all(kind) as readonly T[];
    return { offices: await all('offices'), holdings: await all('holdings'), passes: await all('passes'), pending: await all('pending') };
  }

  /**
   * Takes over what another phone kept. What it knows of an office that is known here is judged as if the office had
   * shown it; what belongs to another register than the one here then stays behind.
   * @returns how many holdings were taken over
   */
  async take({ offices, holdings, passes, pending }: Everything, now: number): Promise<number> {
    for (const json of offices) await this.#bring(json, now);
    const registers = new Map((await this.offices()).map(({ leaf, known: { register } }) => [leaf, register]));
    const taken = new Map<string, Register>();
    for (const holding of holdings) {
      const register = registers.get(holding.office);
      if (register === undefined || (holding.scheme !== null && register.scheme(holding.scheme) === null)) continue;
      taken.set(holding.id, register);
      await this.putHolding(holding);
    }
    const isKnown = (holding: string, epoch: Leaf): boolean => (taken.get(holding)?.epoch(epoch) ?? null) !== null;
    for (const { holding, json } of pending) {
      const one = PendingPass.fromJson(json);
      if (isKnown(holding, one.epoch)) await this.putPending(holding, one);
    }
    for (const { holding, json } of passes) {
      const one = Pass.fromJson(json);
      if (isKnown(holding, one.epoch)) await this.putPass(holding, one);
    }
    return taken.size;
  }

  async #bring({ leaf, address, known }: OfficeJson, now: number): Promise<void> {
    const brought = KnownRegister.fromJson(known);
    const here = (await this.offices()).find((office) => office.leaf === leaf);
    if (here === undefined) await this.putOffice({ leaf, address, known: brought });
    else await this.putOffice({ ...here, known: grownBy(here.known, brought, now) });
  }

  async clear(): Promise<void> {
    this.#read.clear();
    await this.#store.clear();
  }

  async #owned(kind: string, holding: string): Promise<readonly unknown[]> {
    return (await this.#store.all(kind) as readonly Owned[]).filter((one) => one.holding === holding).map(({ json }) => json);
  }

  #office(json: OfficeJson): KeptOffice {
    const text = JSON.stringify(json);
    const read = this.#read.get(json.leaf);
    if (read?.json === text) return read.office;
    const office = { leaf: json.leaf, address: json.address, known: KnownRegister.fromJson(json.known) };
    this.#read.set(json.leaf, { json: text, office });
    return office;
  }
}

const keyOf = (holding: string, epoch: Leaf): string => `${holding}/${epoch}`;

function grownBy(known: KnownRegister, { checkpoint, register }: KnownRegister, now: number): KnownRegister {
  try {
    return known.grow(checkpoint, register.lines, now).known;
  } catch (error) {
    throw error instanceof AheadError ? new Failure('clock') : error;
  }
}
