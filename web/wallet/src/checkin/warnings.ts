import { type BatchIndex, hourOf, MalformedError, type PlacedAuthority, startOf, VerificationError, type WarningChain } from '@safeconduct/core';
import { Failure, type Progress } from '@safeconduct/ui/call.ts';
import { fetchFile } from '@safeconduct/ui/office.ts';
import { clock } from '../engine/clock.ts';
import type { AuthorityView } from '../engine/views.ts';
import type { Keeping, KeptMatch } from './keeping.ts';
import type { NoticeView } from './views.ts';
import type { Visits } from './visits.ts';

const LOCK = 'safeconduct-wallet-warnings';
/** The longest batch and index (presence.md 6), with room for what is around them. */
const MOST_FILE_OCTETS = 700_000;
const WARNING_OCTETS = 144;
/** An index is signed once a day: an older one was held back, or one of two clocks is wrong. */
const OLDEST_INDEX_SECONDS = 3 * 86_400;
const HOUR = 3600;
const HOURS_A_DAY = 24;

/** What is new in one region: files that follow each other. */
interface News {
  readonly authority: PlacedAuthority;
  readonly index: BatchIndex;
  readonly chain: WarningChain;
  readonly files: readonly Uint8Array[];
}

/** Fetches the warnings of the regions that are followed, and tries them on the slots (presence.md 6 and 7). Nobody is told. */
export class Warnings {
  readonly #keeping: Keeping;
  readonly #visits: Visits;

  constructor(keeping: Keeping, visits: Visits) {
    this.#keeping = keeping;
    this.#visits = visits;
  }

  /** Another window may look too: the second one waits, and finds nothing new. */
  look(authorities: readonly AuthorityView[], progress: Progress): Promise<void> {
    return navigator.locks.request(LOCK, () => honestly(() => this.#look(authorities, progress)));
  }

  async #look(authorities: readonly AuthorityView[], progress: Progress): Promise<void> {
    const news = (await Promise.all(authorities.map((authority) => this.#fetch(authority)))).flat();
    const all = news.flatMap(({ files }) => files).reduce((sum, { length }) => sum + Math.floor(length / WARNING_OCTETS), 0);
    const [diary, begun] = await Promise.all([this.#visits.diary(authorities), this.#keeping.begun()]);
    const running = hourOf(clock());
    let done = 0;
    for (const { authority, index, chain, files } of news) {
      let read = chain;
      let isOver = true;
      for (const file of files) {
        const step = read.accept(index, file, authority);
        const matches = diary?.match(step.warnings.filter(({ hour }) => hour >= begun), (tried) => progress(done + tried, all)) ?? [];
        for (const { hour, notice } of matches) await this.#keeping.putMatch(kept(authority.leaf, hour, notice));
        // Only now: what was not tried to the end is tried again; so is what warns of an hour in which a visit may still begin.
        read = step.chain;
        isOver &&= step.warnings.every(({ hour }) => hour < running);
        if (isOver) await this.#keeping.putChain(read);
        done += step.warnings.length;
      }
    }
    await this.#keeping.putLooked(startOf(running));
    if (news.some(({ index }) => Math.abs(clock() - index.time) > OLDEST_INDEX_SECONDS)) throw new Failure('warningsOld');
  }

  async #fetch({ leaf, line, address }: AuthorityView): Promise<readonly News[]> {
    const regions = (await this.#keeping.followed())[leaf] ?? [];
    if (regions.length === 0) return [];
    const authority = { leaf, line };
    const octets = await fetchFile(address, '/warnings/index', MOST_FILE_OCTETS);
    const news: News[] = [];
    for (const region of regions) {
      const chain = await this.#keeping.chain(leaf, region);
      const index = chain.index(octets, authority);
      const files: Uint8Array[] = [];
      for (const name of chain.missing(index)) files.push(await fetchFile(address, `/warnings/batch/${name}`, MOST_FILE_OCTETS));
      news.push({ authority, index, chain, files });
    }
    return news;
  }

  /** Hours in a row with the same advice are one notice; the latest comes first. */
  async notices(): Promise<readonly NoticeView[]> {
    const notices: NoticeView[] = [];
    for (const { id, authority, hour, advice, day } of [...await this.#keeping.matches()].sort((a, b) => a.hour - b.hour)) {
      const from = startOf(hour);
      const before = notices.findIndex((one) => one.authority === authority && one.advice === advice && one.day === day * HOUR * HOURS_A_DAY && one.until >= from);
      const { ids, from: begun } = notices[before] ?? { ids: [], from };
      const notice = { ids: [...ids, id], authority, from: begun, until: from + HOUR, advice, day: day * HOUR * HOURS_A_DAY };
      if (before < 0) notices.push(notice);
      else notices[before] = notice;
    }
    return notices.reverse();
  }

  /** Erases matches when the retention time is over, and all of an authority that is not known any more. */
  async eraseOver(authorities: readonly AuthorityView[]): Promise<void> {
    for (const { id, authority, hour } of await this.#keeping.matches()) {
      const days = authorities.find(({ leaf }) => leaf === authority)?.line.retention ?? 0;
      if (hour <= hourOf(clock()) - days * HOURS_A_DAY) await this.#keeping.removeMatch(id);
    }
    for (const followed of Object.keys(await this.#keeping.followed())) {
      if (authorities.every(({ leaf }) => leaf !== followed)) await this.#keeping.removeFollowed(followed);
    }
  }
}

/** The same visit is kept once, however often its warning is read. */
const kept = (authority: string, hour: number, { advice, day }: Pick<KeptMatch, 'advice' | 'day'>): KeptMatch =>
  ({ id: `${authority}/${hour}/${day}/${advice}`, authority, hour, advice, day });

/** What is malformed or does not verify is told as one failure: these warnings were not used. */
async function honestly(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof MalformedError || error instanceof VerificationError) throw new Failure('warnings');
    throw error;
  }
}
