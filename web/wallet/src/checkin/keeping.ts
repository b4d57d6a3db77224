import { type Advice, WarningChain } from '@safeconduct/core';
import type { Store } from '@safeconduct/ui/store.ts';

export const KINDS = ['slots', 'followed', 'read', 'matches', 'times', 'diary', 'entries'] as const;

/** A warned visit as it is kept, without a place: nobody knows it here. */
export interface KeptMatch {
  readonly id: string;
  readonly authority: string;
  readonly hour: number;
  readonly advice: Advice;
  readonly day: number;
}

/** The key to the private diary: the half that writes, and the half that reads, locked with the passphrase. */
export interface DiaryKey { readonly writes: Uint8Array; readonly locked: Uint8Array }

/** An entry that nobody reads without the passphrase; all are of one length. */
export interface KeptEntry { readonly id: string; readonly sealed: Uint8Array }

interface Followed { readonly authority: string; readonly regions: readonly number[] }

const ONLY = 'only';

/** What check-ins keep, in a database of their own. The slots are one value, always of the same length. */
export class Keeping {
  readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  async slots(): Promise<Uint8Array | null> {
    return (await this.store.get('slots', ONLY) as Uint8Array | undefined) ?? null;
  }

  /** Returns when they are safely stored. */
  putSlots(slots: Uint8Array): Promise<void> {
    return this.store.put('slots', ONLY, slots);
  }

  /** Regions whose warnings are fetched, by the leaf of their authority. */
  async followed(): Promise<Readonly<Record<string, readonly number[]>>> {
    return Object.fromEntries((await this.store.all('followed') as readonly Followed[]).map(({ authority, regions }) => [authority, regions]));
  }

  putFollowed(authority: string, regions: readonly number[]): Promise<void> {
    return this.store.put('followed', authority, { authority, regions } satisfies Followed);
  }

  /** Forgets an authority that is not known any more. */
  async removeFollowed(authority: string): Promise<void> {
    for (const region of (await this.followed())[authority] ?? []) await this.removeChain(authority, region);
    await this.store.delete('followed', authority);
  }

  /** How far the warnings of a region were read. */
  async chain(authority: string, region: number): Promise<WarningChain> {
    const json = await this.store.get('read', `${authority}/${region}`);
    return json === undefined ? WarningChain.begin(authority, region) : WarningChain.fromJson(json);
  }

  putChain(chain: WarningChain): Promise<void> {
    const json = chain.toJson();
    return this.store.put('read', `${json.authority}/${json.region}`, json);
  }

  /** A region that is followed no longer is begun anew when it is followed again. */
  removeChain(authority: string, region: number): Promise<void> {
    return this.store.delete('read', `${authority}/${region}`);
  }

  async matches(): Promise<readonly KeptMatch[]> {
    return await this.store.all('matches') as readonly KeptMatch[];
  }

  putMatch(match: KeptMatch): Promise<void> {
    return this.store.put('matches', match.id, match);
  }

  removeMatch(id: string): Promise<void> {
    return this.store.delete('matches', id);
  }

  /** The hour in which the warnings were read last, Unix seconds. */
  async looked(): Promise<number | null> {
    return (await this.store.get('times', 'looked') as number | undefined) ?? null;
  }

  putLooked(time: number): Promise<void> {
    return this.store.put('times', 'looked', time);
  }

  /** The hour from which on there may be visits, in hours since 1970. */
  async begun(): Promise<number> {
    return (await this.store.get('times', 'begun') as number | undefined) ?? 0;
  }

  putBegun(hour: number): Promise<void> {
    return this.store.put('times', 'begun', hour);
  }

  async diaryKey(): Promise<DiaryKey | null> {
    return (await this.store.get('diary', ONLY) as DiaryKey | undefined) ?? null;
  }

  putDiaryKey(key: DiaryKey): Promise<void> {
    return this.store.put('diary', ONLY, key);
  }

  removeDiaryKey(): Promise<void> {
    return this.store.delete('diary', ONLY);
  }

  async entries(): Promise<readonly KeptEntry[]> {
    return await this.store.all('entries') as readonly KeptEntry[];
  }

  putEntry(entry: KeptEntry): Promise<void> {
    return this.store.put('entries', entry.id, entry);
  }

  removeEntry(id: string): Promise<void> {
    return this.store.delete('entries', id);
  }
}
