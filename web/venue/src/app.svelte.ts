import { caller, type Progress } from '@safeconduct/ui/call.ts';
import { sayFailure } from '@safeconduct/ui/failure.ts';
import { language } from '@safeconduct/ui/language.svelte.ts';
import type { Values } from '@safeconduct/ui/message.ts';
import { Screens } from '@safeconduct/ui/screens.svelte.ts';
import { startWorker } from '@safeconduct/ui/trusted.ts';
import engineUrl from './engine/engine.worker.ts?worker&url';
import type { OfficeView, VenueEngine, VenueView } from './engine/views.ts';
import type en from './texts/en.ts';

export { sayFailure } from '@safeconduct/ui/failure.ts';

export type Key = keyof typeof en;

/** A sentence of the catalogue. */
export function say(key: Key, values?: Values): string {
  return language.say(key, values);
}

export type ScreenName =
  | { readonly name: 'home' } | { readonly name: 'office' } | { readonly name: 'make' } | { readonly name: 'open' }
  | { readonly name: 'sheet' } | { readonly name: 'upload' }
  | { readonly name: 'poster'; readonly poster: number } | { readonly name: 'slips'; readonly poster: number };

export const engine = caller<VenueEngine>(startWorker(engineUrl));

class App {
  screens = new Screens<ScreenName>({ name: 'home' });
  venue = $state.raw<VenueView | null>(null);
  /** An office whose words were compared, before there is a venue. */
  office = $state.raw<OfficeView | null>(null);
  loaded = $state(false);
  blocked = $state('');
  done = $state(0);
  all = $state(0);

  /** Shows how far a long call is. */
  readonly progress: Progress = (done, all) => {
    this.done = done;
    this.all = all;
  };

  async load(): Promise<void> {
    try {
      this.take(await engine.venue(null));
    } catch (error) {
      this.blocked = sayFailure(error);
    } finally {
      this.loaded = true;
    }
  }

  take(venue: VenueView | null): void {
    this.venue = venue;
    this.office = venue?.office ?? this.office;
  }
}

export const app = new App();
