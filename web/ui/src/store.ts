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
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => kinds.forEach((kind) => opening.result.createObjectStore(kind));
    const database = await answered(opening);
    // Asked for quietly: browsers that clear storage by themselves then spare this page.
    void navigator.storage?.persist?.().catch(() => false);
    return new KeptStore(database, kinds);
  } catch {
    return new FleetingStore();
  }
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

class KeptStore implements Store {
  readonly kept = true;
  readonly #database: IDBDatabase;
  readonly #kinds: readonly string[];

  constructor(database: IDBDatabase, kinds: readonly string[]) {
    this.#database = database;
    this.#kinds = kinds;
  }

  get(kind: string, key: string): Promise<unknown> {
    return answered(this.#database.transaction(kind).objectStore(kind).get(key));
  }

  all(kind: string): Promise<readonly unknown[]> {
    return answered(this.#database.transaction(kind).objectStore(kind).getAll());
  }

  put(kind: string, key: string, value: unknown): Promise<void> {
    return this.#write([kind], (writing) => writing.objectStore(kind).put(value, key)).catch(() => { throw new Failure('storage'); });
  }

  delete(kind: string, key: string): Promise<void> {
    return this.#write([kind], (writing) => writing.objectStore(kind).delete(key));
  }

  clear(): Promise<void> {
    return this.#write(this.#kinds, (writing) => this.#kinds.forEach((kind) => writing.objectStore(kind).clear()));
  }

  /** Returns when what was written has reached the disk. */
  #write(kinds: readonly string[], act: (writing: IDBTransaction) => unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      const writing = this.#database.transaction([...kinds], 'readwrite', { durability: 'strict' });
      writing.oncomplete = () => resolve();
      writing.onabort = () => reject(writing.error);
      act(writing);
    });
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
