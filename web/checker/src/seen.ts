import type { SeenCode } from '@safeconduct/core';

/** As long as a live code could come again (pass.md 5.5); the browser ends the holding after five minutes in any case. */
const WINDOW_MILLISECONDS = 150_000;
/** An app that was just updated may have a worker that does not know the question. */
const PATIENCE_MILLISECONDS = 500;

/** What holds accepted codes while this page is loaded again: the service worker, in memory alone. */
const holder = async (): Promise<ServiceWorker | null> => (await navigator.serviceWorker?.getRegistration().catch(() => undefined))?.active ?? null;

/** Has accepted codes remembered. Where there is no service worker they live as long as the page. */
export function remember(seen: readonly SeenCode[]): void {
  void holder().then((worker) => worker?.postMessage({ hold: seen, milliseconds: WINDOW_MILLISECONDS }));
}

/** The codes that this page had accepted when it was loaded again. */
export async function recalled(): Promise<readonly SeenCode[]> {
  const worker = await holder();
  if (worker === null) return [];
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<readonly SeenCode[] | null>) => resolve(data ?? []);
    setTimeout(() => resolve([]), PATIENCE_MILLISECONDS);
    worker.postMessage('held', [port2]);
  });
}
