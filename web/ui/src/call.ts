/**
 * Calls between a page and its worker. A failure travels as its code and the values its sentence needs, because what a
 * person meets is a sentence of the catalogue, never a message of an exception.
 */
export class Failure extends Error {
  readonly code: string;
  readonly values: Readonly<Record<string, string | number>>;

  constructor(code: string, values: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

/** Tells how far a long call has come: done of all. */
export type Progress = (done: number, all: number) => void;

type Act = (...given: never[]) => unknown;
export type Acts = Readonly<Record<string, Act>>;
type Called<T> = { [K in keyof T]: T[K] extends (progress: Progress, ...given: infer A) => infer R
  ? (progress: Progress | null, ...given: A) => Promise<Awaited<R>> : never };

interface Ask { id: number; act: string; given: unknown[] }
type Answer = { id: number; done: number; all: number } | { id: number; value: unknown }
  | { id: number; code: string; values: Readonly<Record<string, string | number>> };

/** In the worker: answers calls by name. Every act takes the progress first. */
export function answer(acts: Acts, port: { onmessage: ((event: MessageEvent) => void) | null; postMessage(value: unknown): void }): void {
  port.onmessage = async (event: MessageEvent<Ask>) => {
    const { id, act, given } = event.data;
    try {
      const called = acts[act] as ((progress: Progress, ...rest: unknown[]) => unknown) | undefined;
      if (called === undefined) throw new Failure('internal');
      const value = await called((done, all) => port.postMessage({ id, done, all } satisfies Answer), ...given);
      port.postMessage({ id, value } satisfies Answer);
    } catch (error) {
      const failure = error instanceof Failure ? error : new Failure('internal');
      if (!(error instanceof Failure)) console.error(error);
      port.postMessage({ id, code: failure.code, values: failure.values } satisfies Answer);
    }
  };
}

/** In the page: an object with the worker's acts. */
export function caller<T extends object>(worker: Worker): Called<T> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void; progress: Progress | null }>();
  let last = 0;
  worker.onmessage = (event: MessageEvent<Answer>) => {
    const heard = event.data;
    const call = waiting.get(heard.id);
    if (call === undefined) return;
    if ('all' in heard) {
      call.progress?.(heard.done, heard.all);
      return;
    }
    waiting.delete(heard.id);
    if ('code' in heard) call.reject(new Failure(heard.code, heard.values));
    else call.resolve(heard.value);
  };
  worker.onerror = () => {
    for (const call of waiting.values()) call.reject(new Failure('internal'));
    waiting.clear();
  };
  return new Proxy({} as Called<T>, {
    get: (_, act: string) => (progress: Progress | null, ...given: unknown[]) => new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject, progress });
      worker.postMessage({ id: last, act, given } satisfies Ask);
    }),
  });
}
