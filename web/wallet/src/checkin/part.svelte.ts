import { caller, type Progress } from '@safeconduct/ui/call.ts';
import { chance } from '@safeconduct/ui/chance.ts';
import { language } from '@safeconduct/ui/language.svelte.ts';
import { startWorker } from '@safeconduct/ui/trusted.ts';
import { app, sayFailure } from '../app.svelte.ts';
import type { AuthorityView } from '../engine/views.ts';
import workerUrl from './checkin.worker.ts?worker&url';
import type { CheckinEngine, CheckinView } from './views.ts';

/**
 * Warnings are fetched some time after the app was opened, and not again for a while. A page fetches only while it is open:
 * whoever serves the warnings learns that it was, within the last minute, at most every six hours.
 */
const SOONEST_MILLISECONDS = 20_000;
const SPREAD_MILLISECONDS = 40_000;
const AGAIN_SECONDS = 6 * 3600;
const TEND_MILLISECONDS = 3_600_000;

export const worker = caller<CheckinEngine>(startWorker(workerUrl));
/** Where warnings are tried; it works for seconds, and starts when it is needed. */
let matcher: typeof worker | undefined;

class Checkins {
  view = $state.raw<CheckinView | null>(null);
  looking = $state(false);
  /** When warnings were read last, Unix seconds: to the second while the page is open, to the hour afterwards. */
  #looked = $state<number | null>(null);
  done = $state(0);
  all = $state(0);
  trouble = $state('');

  get authorities(): readonly AuthorityView[] {
    return app.view?.authorities ?? [];
  }

  authority(leaf: string): AuthorityView | undefined {
    return this.authorities.find((one) => one.leaf === leaf);
  }

  /** The name of a region as its authority gives it. */
  region(leaf: string, region: number): string {
    const authority = this.authority(leaf);
    return authority === undefined ? '' : language.of(authority.line.regions[region]?.names ?? {}, authority.language);
  }

  async load(): Promise<void> {
    this.view = await worker.view(null);
  }

  /** Where storage is full the slots stay as they are, and the next check-in says so. */
  async tend(): Promise<void> {
    if (this.authorities.length === 0) this.#looked = null;
    try {
      this.view = await worker.tend(null, this.authorities);
    } catch {
      await this.load();
    }
  }

  /** Deletes everything of check-ins; the slots begin anew, full of nothing. */
  async removeAll(): Promise<void> {
    await worker.removeAll(null);
    this.#looked = null;
    await this.tend();
  }

  /** Fetches new warnings and tries them; what goes wrong is said where warnings are shown. */
  async look(): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    this.trouble = '';
    this.#progress(0, 0);
    try {
      // What is not kept is known to one worker alone.
      matcher ??= this.view?.kept === false ? worker : caller<CheckinEngine>(startWorker(workerUrl));
      await matcher.look(this.#progress, this.authorities);
      this.#looked = Math.floor(Date.now() / 1000);
    } catch (error) {
      this.trouble = sayFailure(error);
    } finally {
      // Before the screen says what was found, or it would say for a moment that nothing was.
      await this.load().finally(() => { this.looking = false; });
    }
  }

  readonly #progress: Progress = (done, all) => {
    this.done = done;
    this.all = all;
  };

  get looked(): number | null {
    return this.#looked ?? this.view?.looked ?? null;
  }

  /** Whether nothing was looked at for a while. */
  get isDue(): boolean {
    return Date.now() / 1000 - (this.looked ?? 0) > AGAIN_SECONDS;
  }
}

export const checkins = new Checkins();

/** Starts this part; the wallet does so when it knows a health authority, and offers it when the slots are made. */
export async function start(): Promise<void> {
  await checkins.tend();
  setInterval(() => void checkins.tend(), TEND_MILLISECONDS);
  lookNowAndThen();
}

/** Never at the start, and never while a code is shown, a question or a poster read. */
function lookNowAndThen(): void {
  setTimeout(async () => {
    if (!app.quiet && navigator.onLine && document.visibilityState === 'visible' && checkins.isDue) await checkins.look();
    lookNowAndThen();
  }, SOONEST_MILLISECONDS + chance() * SPREAD_MILLISECONDS);
}
