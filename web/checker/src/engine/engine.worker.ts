import { answer } from '@safeconduct/ui/call.ts';
import { openStore } from '@safeconduct/ui/store.ts';
import { Door } from './door.ts';
import type { CheckerEngine } from './views.ts';

/** The checker's worker: register, questions and stamps live here, so that the screen never waits for arithmetic. */
const opened = openStore('safeconduct-checker', ['door']).then((store) => Door.open(store));

const engine: CheckerEngine = {
  door: async () => (await opened).view(),
  setUp: async (progress, code) => (await opened).setUp(code, progress),
  confirm: async () => (await opened).confirm(),
  update: async (progress) => (await opened).update(progress),
  check: async (_, code) => (await opened).check(code),
  identity: async (_, step, same) => (await opened).identity(step, same),
  seen: async () => (await opened).seen(),
  recall: async (_, seen) => (await opened).recall(seen),
  question: async () => (await opened).question(),
  renewQuestion: async () => (await opened).renewQuestion(),
  exchangeCodes: async () => (await opened).exchangeCodes(),
  takeExchange: async (_, code) => (await opened).takeExchange(code),
  remove: async () => (await opened).remove(),
};
answer({ ...engine }, self);
