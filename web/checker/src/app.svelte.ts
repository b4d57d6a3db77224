import { caller, type Progress } from '@safeconduct/ui/call.ts';
import { sayFailure } from '@safeconduct/ui/failure.ts';
import { language } from '@safeconduct/ui/language.svelte.ts';
import type { Values } from '@safeconduct/ui/message.ts';
import { Screens } from '@safeconduct/ui/screens.svelte.ts';
import { startWorker } from '@safeconduct/ui/trusted.ts';
import engineUrl from './engine/engine.worker.ts?worker&url';
import type { CheckerEngine, DoorView } from './engine/views.ts';
import { recalled } from './seen.ts';
import type en from './texts/en.ts';

export { sayFailure } from '@safeconduct/ui/failure.ts';

export type Key = keyof typeof en;

/** A sentence of the catalogue. */
export function say(key: Key, values?: Values): string {
  return language.say(key, values);
}

export type ScreenName =
  | { readonly name: 'door' } | { readonly name: 'check' } | { readonly name: 'poster' } | { readonly name: 'stamps' } | { readonly name: 'confirm' };

export const engine = caller<CheckerEngine>(startWorker(engineUrl));

class App {
  screens = new Screens<ScreenName>({ name: 'door' });
  door = $state.raw<DoorView | null>(null);
  /** A door that was read and is not confirmed yet. */
  proposed = $state.raw<DoorView | null>(null);
  /** A code that was scanned or pasted before the checking was begun. */
  first: string | null = null;
  loaded = $state(false);
  /** Why this window cannot be used at all. */
  blocked = $state('');
  sound = $state(true);
  done = $state(0);
  all = $state(0);

  /** Shows how far a long call is. */
  readonly progress: Progress = (done, all) => {
    this.done = done;
    this.all = all;
  };

  async load(): Promise<void> {
    try {
      if (!this.loaded) await engine.recall(null, await recalled());
      this.door = await engine.door(null);
    } catch (error) {
      this.blocked = sayFailure(error);
    } finally {
      this.loaded = true;
    }
  }
}

export const app = new App();
