import { answer } from '@safeconduct/ui/call.ts';
import { openStore } from '@safeconduct/ui/store.ts';
import type { AuthorityView } from '../engine/views.ts';
import { KINDS, Keeping } from './keeping.ts';
import { PrivateDiary } from './privateDiary.ts';
import { Visits } from './visits.ts';
import type { CheckinEngine, CheckinView } from './views.ts';
import { Warnings } from './warnings.ts';

/** The worker of check-ins. The page starts it twice: one checks in at once, while the other tries warnings for seconds. */
const opened = openStore('safeconduct-visits', KINDS).then((store) => {
  const keeping = new Keeping(store);
  const visits = new Visits(keeping);
  return { keeping, visits, warnings: new Warnings(keeping, visits), diary: new PrivateDiary(keeping) };
});

async function view(): Promise<CheckinView> {
  const { keeping, warnings, diary } = await opened;
  return {
    kept: keeping.store.kept, notices: await warnings.notices(), followed: await keeping.followed(), looked: await keeping.looked(),
    entries: await diary.count(),
  };
}

async function tend(authorities: readonly AuthorityView[]): Promise<CheckinView> {
  const { keeping, visits, warnings } = await opened;
  if (authorities.length === 0) await keeping.store.clear();
  else await visits.tend(authorities);
  await warnings.eraseOver(authorities);
  // Nothing to choose: the only region is followed.
  const followed = await keeping.followed();
  for (const { leaf, line } of authorities) {
    if (line.regions.length === 1 && followed[leaf] === undefined) await keeping.putFollowed(leaf, [0]);
  }
  return view();
}

async function follow(authority: string, region: number, on: boolean): Promise<void> {
  const { keeping } = await opened;
  const others = ((await keeping.followed())[authority] ?? []).filter((one) => one !== region);
  await keeping.putFollowed(authority, on ? [...others, region].sort((a, b) => a - b) : others);
  if (!on) await keeping.removeChain(authority, region);
}

const engine: CheckinEngine = {
  tend: (_, authorities) => tend(authorities),
  view,
  read: async (_, code, authorities) => (await opened).visits.read(code, authorities),
  prepare: async () => (await opened).visits.prepare(),
  checkIn: async (_, authorities, write) => {
    const { visits, diary } = await opened;
    const poster = await visits.checkIn(authorities);
    if (write) await diary.write(poster);
  },
  forget: async () => (await opened).visits.forget(),
  follow: (_, authority, region, on) => follow(authority, region, on),
  look: async (progress, authorities) => (await opened).warnings.look(authorities, progress),
  removeNotice: async (_, ids) => {
    const { keeping } = await opened;
    for (const id of ids) await keeping.removeMatch(id);
  },
  startDiary: async (progress, passphrase) => (await opened).diary.start(passphrase, progress),
  openDiary: async (progress, passphrase) => (await opened).diary.open(passphrase, progress),
  closeDiary: async () => (await opened).diary.close(),
  removeEntry: async (_, id) => (await opened).diary.removeEntry(id),
  removeDiary: async () => (await opened).diary.remove(),
  removeAll: async () => {
    const { keeping, visits, diary } = await opened;
    visits.forget();
    diary.close();
    await keeping.store.clear();
  },
};
answer({ ...engine }, self);
