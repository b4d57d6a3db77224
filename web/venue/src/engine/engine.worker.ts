import { answer } from '@safeconduct/ui/call.ts';
import { openStore } from '@safeconduct/ui/store.ts';
import { Keeper } from './keeper.ts';
import type { VenueEngine } from './views.ts';

/** The venue's worker: the key lives here, so that the screen never waits for arithmetic. */
const opened = openStore('safeconduct-venue', ['venue']).then((store) => Keeper.open(store));

const engine: VenueEngine = {
  venue: async () => (await opened).view(),
  meet: async (progress, address) => (await opened).meet(address, progress),
  confirm: async () => (await opened).confirm(),
  make: async (progress, authority, posters) => (await opened).make(authority, posters, progress),
  sheet: async () => (await opened).sheet(),
  open: async (_, sheet) => (await opened).open(sheet),
  lock: async (progress, passphrase) => (await opened).lock(passphrase, progress),
  unlock: async (progress, file, passphrase) => (await opened).unlock(file, passphrase, progress),
  slips: async (_, poster, from, count) => (await opened).slips(poster, from, count),
  upload: async (progress, token, posters, from, until) => (await opened).upload(token, posters, from, until, progress),
  dummy: async () => (await opened).dummy(),
  remove: async () => (await opened).remove(),
};
answer({ ...engine }, self);
