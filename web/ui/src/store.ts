import { type IDBPDatabase, openDB } from 'idb';
import { Failure } from './call.ts';

/**
 * What a device keeps: plain values under a kind and a key. Where the browser denies storage, it lives as long as the
 * page, and {@link Store.kept} says so, for the screen to tell.
 */
export interface Store {
  readonly kept: boolean;
  get(kind: string, key: string): Promise<unknown>;
  all(kind: string): Promise<readonly unknown[]>;
  /** Returns when the value is safely stored. @throws {Failure} `storage` if it cannot be */
  put(kind: string, key: string, value: unknown): Promise<void>;
  delete(kind: string, key: string): Promise<void>;
  clear(): Promise<void>;
}

export async function openStore(name: string, kinds: readonly string[]): Promise<Store> {
  try {
    const database = await openDB(name, 1, { upgrade: (opened) => kinds.forEach((kind) => opened.createObjectStore(kind)) });
    // Asked for quietly: browsers that clear storage by themselves then spare this page.
    void navigator.storage?.persist?.().catch(() => false);
    return new KeptStore(database, kinds);
  } catch {
    return new FleetingStore();
  }
}

class KeptStore implements Store {
  readonly kept = true;
  readonly #database: IDBPDatabase;
  readonly #kinds: readonly string[];

  constructor(database: IDBPDatabase, kinds: readonly string[]) {
    this.#database = database;
    this.#kinds = kinds;
  }

  get(kind: string, key: string): Promise<unknown> {
    return this.#database.get(kind, key);
  }

  all(kind: string): Promise<readonly unknown[]> {
    return this.#database.getAll(kind);
  }

  async put(kind: string, key: string, value: unknown): Promise<void> {
    try {
      const writing = this.#database.transaction(kind, 'readwrite', { durability: 'strict' });
      await Promise.all([writing.store.put(value, key), writing.done]);
    } catch {
      throw new Failure('storage');
    }
  }

  async delete(kind: string, key: string): Promise<void> {
    const writing = this.#database.transaction(kind, 'readwrite', { durability: 'strict' });
    await Promise.all([writing.store.delete(key), writing.done]);
  }

  async clear(): Promise<void> {
    const writing = this.#database.transaction([...this.#kinds], 'readwrite', { durability: 'strict' });
    await Promise.all([...this.#kinds.map((kind) => writing.objectStore(kind).clear()), writing.done]);
  }
}

class FleetingStore implements Store {
  readonly kept = false;
  readonly #kinds = new Map<string, Map<string, unknown>>();

  get(kind: string, key: string): Promise<unknown> {
    return Promise.resolve(this.#of(kind).get(key));
  }

  all(kind: string): Promise<readonly unknown[]> {
    return Promise.resolve([...this.#of(kind).values()]);
  }

  put(kind: string, key: string, value: unknown): Promise<void> {
    this.#of(kind).set(key, value);
    return Promise.resolve();
  }

  delete(kind: string, key: string): Promise<void> {
    this.#of(kind).delete(key);
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.#kinds.clear();
    return Promise.resolve();
  }

  #of(kind: string): Map<string, unknown> {
    const values = this.#kinds.get(kind) ?? new Map<string, unknown>();
    this.#kinds.set(kind, values);
    return values;
  }
}
