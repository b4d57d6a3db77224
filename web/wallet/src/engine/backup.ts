import { Failure, type Progress } from '@safeconduct/ui/call.ts';
import { lock, unlock } from '@safeconduct/ui/locked.ts';
import { clock } from './clock.ts';
import type { Everything, Keeping } from './keeping.ts';

const KIND = 'wallet-backup';

/** Moves passes to another phone: everything in one file, locked with a passphrase. */
export class Backup {
  readonly #keeping: Keeping;

  constructor(keeping: Keeping) {
    this.#keeping = keeping;
  }

  async make(passphrase: string, progress: Progress): Promise<Uint8Array> {
    const plain = new TextEncoder().encode(JSON.stringify(await this.#keeping.everything()));
    return lock(KIND, plain, passphrase, progress);
  }

  /** @returns how many passes were brought over */
  async restore(file: Uint8Array, passphrase: string, progress: Progress): Promise<number> {
    const plain = await unlock(KIND, file, passphrase, progress).catch((error) => {
      throw error instanceof Failure && error.code === 'locked' ? new Failure('backup') : error;
    });
    return this.#keeping.take(JSON.parse(new TextDecoder().decode(plain)) as Everything, clock());
  }
}
