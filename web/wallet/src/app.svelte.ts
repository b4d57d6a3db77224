import { caller, Failure, type Progress } from '@safeconduct/ui/call.ts';
import { language } from '@safeconduct/ui/language.svelte.ts';
import type { Values } from '@safeconduct/ui/message.ts';
import { Screens } from '@safeconduct/ui/screens.svelte.ts';
import { startWorker } from '@safeconduct/ui/trusted.ts';
import engineUrl from './engine/engine.worker.ts?worker&url';
import type { VenueView } from './checkin/views.ts';
import type { CodeView, OfficeView, QuestionView, Texts, WalletEngine, WalletView } from './engine/views.ts';
import type en from './texts/en.ts';

export { sayFailure } from '@safeconduct/ui/failure.ts';

/** Whether a code is that of a place's poster. */
export const isPoster = (code: string): boolean => code.startsWith('SCV1:');

export type Key = keyof typeof en;

/** A sentence of the catalogue. */
export function say(key: Key, values?: Values): string {
  return language.say(key, values);
}

export function nameIn(texts: Texts, office: { readonly language: string }): string {
  return language.of(texts, office.language);
}

/** The screens of the part that checks in. */
export type CheckinScreen = { readonly name: 'venue'; readonly venue: VenueView } | { readonly name: 'checkins' | 'diary' };

export type ScreenName =
  | { readonly name: 'home' } | { readonly name: 'settings' } | { readonly name: 'backup' } | { readonly name: 'restore' }
  | { readonly name: 'offer' } | { readonly name: 'office' } | { readonly name: 'confirmOffice'; readonly office: OfficeView }
  | { readonly name: 'pass' | 'paper'; readonly pass: string }
  | { readonly name: 'ask'; readonly poster?: boolean } | CheckinScreen | { readonly name: 'consent'; readonly question: QuestionView }
  | { readonly name: 'code'; readonly make: () => Promise<CodeView> };

export const engine = caller<WalletEngine>(startWorker(engineUrl));

/** Screens during which nothing may ask the network. */
const QUIET: readonly ScreenName['name'][] = ['ask', 'consent', 'code', 'paper', 'venue'];

class App {
  screens = new Screens<ScreenName>({ name: 'home' });
  view = $state.raw<WalletView | null>(null);
  /** Check-ins and warnings, once they are loaded. */
  part = $state.raw<typeof import('./checkin/checkin.ts') | null>(null);
  #loading: Promise<void> | null = null;
  /** Why a turn that had come was of no use. */
  turnTrouble = $state('');
  done = $state(0);
  all = $state(0);

  /** Shows how far a long call is. */
  readonly progress: Progress = (done, all) => {
    this.done = done;
    this.all = all;
  };

  /** Reads everything anew; other tabs may have changed it. */
  async load(): Promise<void> {
    this.view = await engine.wallet(null);
    // Seconds of work on a slow phone when an office is new: nobody waits for it.
    if (this.part !== null) void this.part.checkins.tend();
    else if (this.view.authorities.length > 0) this.#loading ??= this.#loadPart().finally(() => { this.#loading = null; });
  }

  /** Reads a place's poster: its name is shown before anything is sealed. */
  async readPoster(code: string): Promise<void> {
    await this.#loading;
    if (this.part === null) throw new Failure('no_authority');
    const venue = await this.part.worker.read(null, code, this.part.checkins.authorities);
    this.screens.replace({ name: 'venue', venue });
  }

  /** The wallet does without where its files are not kept and the network is away. */
  async #loadPart(): Promise<void> {
    const part = await import('./checkin/checkin.ts').catch(() => null);
    await part?.start();
    this.part = part;
  }

  /** Deletes all that is kept here. */
  async removeAll(): Promise<void> {
    // What is still being made would be written after everything was deleted.
    await this.#loading?.catch(() => undefined);
    await this.part?.worker.removeAll(null);
    await engine.removeAll(null);
    this.screens.home();
    await this.load();
  }

  get quiet(): boolean {
    return QUIET.includes(this.screens.current.name);
  }
}

export const app = new App();
