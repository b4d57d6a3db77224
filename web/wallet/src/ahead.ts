import { chance } from '@safeconduct/ui/chance.ts';
import { app, engine, sayFailure } from './app.svelte.ts';

/**
 * Passes are fetched long before they are shown. A page fetches only while it is open: the office learns that the wallet
 * was open within the last ten minutes, about once in half the time for which passes are held, and no more of it.
 */
const SOONEST_MILLISECONDS = 90_000;
const SPREAD_MILLISECONDS = 8 * 60_000;
/** Turns at a busy office are closer together than seconds. */
const TURN_MILLISECONDS = 500;

/**
 * Looks now and then whether passes are due, never at the start and never while a code is shown or a question read. What
 * fails is tried again another time; the holder is told by the pass itself when it runs out.
 */
export function fetchNowAndThen(): void {
  setTimeout(async () => {
    if (!app.quiet && navigator.onLine) {
      try {
        if (await engine.fetchDue(null)) await app.load();
      } catch {
        // The office did not answer: the next time is as good.
      }
    }
    fetchNowAndThen();
  }, SOONEST_MILLISECONDS + chance() * SPREAD_MILLISECONDS);
}

/**
 * Asks again when the turn at a busy office has come, whichever screen is open; but not while a code is shown or a question
 * read: a place stays good for an hour after its turn (http.md 6.1).
 */
export function takeTurns(): void {
  setTimeout(async () => {
    const turn = app.quiet ? undefined : app.view?.waiting.find(({ until }) => until <= Date.now() / 1000);
    if (turn !== undefined) {
      try {
        await engine.takeTurn(null, turn.id);
        app.turnTrouble = '';
      } catch (error) {
        app.turnTrouble = sayFailure(error);
      }
      await app.load();
    }
    takeTurns();
  }, TURN_MILLISECONDS);
}
