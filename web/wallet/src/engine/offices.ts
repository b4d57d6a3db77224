import { type Leaf, seconds } from '@safeconduct/core';
import { Failure, type Progress } from '@safeconduct/ui/call.ts';
import { addressOf, meet, update } from '@safeconduct/ui/office.ts';
import { clock } from './clock.ts';
import type { Keeping, KeptOffice } from './keeping.ts';
import type { OfficeView } from './views.ts';
import { officeView } from './walletView.ts';

/** How exactly the time that was seen is kept: writing it at every start would write the whole register. */
const SEEN_SECONDS = 600;

/** The offices of this wallet: only its holder adds one, by address and words. */
export class Offices {
  readonly #keeping: Keeping;
  #met: KeptOffice | null = null;

  constructor(keeping: Keeping) {
    this.#keeping = keeping;
  }

  async meet(text: string, progress: Progress): Promise<OfficeView> {
    const address = addressOf(text);
    const known = await meet(address, clock(), progress);
    this.#met = { leaf: known.register.officeLeaf, address, known };
    return officeView(this.#met, clock());
  }

  /** Keeps the office that was met, now that the words were compared. One known before keeps its history. */
  async confirm(): Promise<void> {
    if (this.#met === null) throw new Failure('internal');
    const { leaf, address } = this.#met;
    const before = (await this.#keeping.offices()).find((office) => office.leaf === leaf);
    await this.#keeping.putOffice(before === undefined ? this.#met : { ...before, address });
    this.#met = null;
  }

  async update(leaf: Leaf, progress: Progress): Promise<void> {
    const office = await this.#keeping.office(leaf);
    const known = await update(office.address, office.known, clock(), progress);
    await this.#keeping.putOffice({ ...office, known });
    if (known.evidence.length > office.known.evidence.length) throw new Failure('split');
  }

  /** Erases passes whose time is over, come or not, with their secrets (pass.md 1.6), and notes the time that was seen. */
  async eraseOver(now: number): Promise<void> {
    for (const office of await this.#keeping.offices()) {
      if (office.known.isBehind(now) || office.known.isFarAhead(now)) continue;
      if (now - office.known.latestTime > SEEN_SECONDS) await this.#keeping.putOffice({ ...office, known: office.known.seen(now) });
      const { register } = office.known;
      for (const { id } of (await this.#keeping.holdings()).filter((holding) => holding.office === office.leaf)) {
        for (const pass of await this.#keeping.passes(id)) {
          if (pass.isOver(register, now)) await this.#keeping.removePass(id, pass.epoch);
        }
        for (const { epoch } of await this.#keeping.pending(id)) {
          if (now >= seconds(register.epoch(epoch)?.until ?? '')) await this.#keeping.removePending(id, epoch);
        }
      }
    }
  }
}
