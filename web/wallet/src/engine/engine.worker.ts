import { answer } from '@safeconduct/ui/call.ts';
import { openStore } from '@safeconduct/ui/store.ts';
import { Backup } from './backup.ts';
import { clock } from './clock.ts';
import { KINDS, Keeping } from './keeping.ts';
import { Showings } from './showings.ts';
import type { WalletEngine } from './views.ts';
import { Issuing } from './issuing.ts';
import { Offices } from './offices.ts';
import { walletView } from './walletView.ts';

/** The wallet's worker: passes and secrets stay here; the screens get what they say and draw. */
const opened = openStore('safeconduct-wallet', KINDS).then((store) => {
  const keeping = new Keeping(store);
  const offices = new Offices(keeping);
  return { keeping, offices, issuing: new Issuing(keeping, offices), showings: new Showings(keeping), backup: new Backup(keeping) };
});

const engine: WalletEngine = {
  wallet: async () => {
    const { keeping, offices } = await opened;
    await offices.eraseOver(clock());
    return walletView(keeping);
  },
  meetOffice: async (progress, address) => (await opened).offices.meet(address, progress),
  confirmOffice: async () => (await opened).offices.confirm(),
  updateOffice: async (progress, leaf) => (await opened).offices.update(leaf, progress),
  removeOffice: async (_, leaf) => (await opened).keeping.removeOffice(leaf),
  readOffer: async (_, code) => (await opened).issuing.readOffer(code),
  redeem: async (progress, code, digits, person) => (await opened).issuing.redeem(code, digits, person, progress),
  fetchAhead: async (progress, pass) => (await opened).issuing.fetchAhead(pass, progress),
  takeTurn: async (progress, pass) => (await opened).issuing.takeTurn(pass, progress),
  fetchDue: async (progress) => (await opened).issuing.fetchDue(progress),
  live: async (_, pass) => (await opened).showings.live(pass),
  readQuestion: async (_, code) => (await opened).showings.readQuestion(code),
  answer: async (_, pass, ask) => (await opened).showings.answer(pass, ask),
  makePaper: async (_, pass) => (await opened).showings.makePaper(pass),
  rename: async (_, pass, person) => (await opened).keeping.rename(pass, person),
  remove: async (_, pass) => (await opened).keeping.removeHolding(pass),
  removeAll: async () => (await opened).keeping.clear(),
  backup: async (progress, passphrase) => (await opened).backup.make(passphrase, progress),
  restore: async (progress, file, passphrase) => (await opened).backup.restore(file, passphrase, progress),
};
answer({ ...engine }, self);
