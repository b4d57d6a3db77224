import type { Tag } from './languages.ts';

/** As long as anybody waits for some kilobytes. */
const PATIENCE_MILLISECONDS = 20_000;

/**
 * Has the service worker keep a language for the time without a network, and the version that waits to replace it.
 * @returns false if the worker cannot get it; true also where no worker serves this page
 */
export async function keepLanguage(language: Tag): Promise<boolean> {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  const serving = navigator.serviceWorker?.controller ?? null;
  for (const worker of [registration?.installing, registration?.waiting, registration?.active]) {
    if (worker !== serving) worker?.postMessage({ language });
  }
  return serving === null || new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<boolean>) => resolve(data);
    setTimeout(() => resolve(false), PATIENCE_MILLISECONDS);
    serving.postMessage({ language }, [port2]);
  });
}
