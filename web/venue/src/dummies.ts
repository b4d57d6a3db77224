import { chance } from '@safeconduct/ui/chance.ts';
import { engine } from './app.svelte.ts';

/** A minute in which the page asks the network nothing, and then a random time with this mean: at most four a day, mostly. */
const SOONEST_MILLISECONDS = 60_000;
const MEAN_MILLISECONDS = 6 * 3_600_000;

/**
 * Sends dummies while the page is open, seen or not, so that a real answer to the authority stands out less (presence.md
 * 5.2). The times are exponentially distributed: those gone by tell nothing of those to come.
 */
export function sendDummies(): void {
  setTimeout(async () => {
    try {
      await engine.dummy(null);
    } catch {
      // No line just now: nobody watches it either.
    }
    sendDummies();
  }, SOONEST_MILLISECONDS - MEAN_MILLISECONDS * Math.log(1 - chance()));
}
