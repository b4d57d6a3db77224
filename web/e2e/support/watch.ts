import type { Page } from 'playwright-core';

/** A verdict as it came: its word, and the milliseconds from the first picture with a code to its being on the screen. */
export interface Seen { readonly word: string; readonly took: number }

/**
 * Looks at the camera's pictures and at the verdicts, as somebody beside the door would. A code is in view when the middle
 * of the picture is not of one grey; a verdict belongs to the code that came into view last.
 * @param wanted ends after so many verdicts
 * @param most or after so many milliseconds
 */
export function watch(page: Page, wanted: number, most = 60_000): Promise<Seen[]> {
  return page.evaluate(([count, longest]) => new Promise<Seen[]>((resolve) => {
    const seen: Seen[] = [];
    const canvas = new OffscreenCanvas(64, 36);
    const drawing = canvas.getContext('2d', { willReadFrequently: true })!;
    let inView = false;
    let appeared: number | null = null;
    setTimeout(() => resolve(seen), longest);
    const look = (now: number, frame?: VideoFrameCallbackMetadata): void => {
      const video = document.querySelector('video');
      if (video === null || video.videoWidth === 0) {
        requestAnimationFrame((time) => look(time));
        return;
      }
      drawing.drawImage(video, 0, 0, 64, 36);
      const light = drawing.getImageData(22, 8, 20, 20).data.filter((_, i) => i % 4 === 0);
      const code = Math.max(...light) - Math.min(...light) > 40;
      if (code && !inView) appeared = frame?.captureTime ?? now;
      inView = code;
      video.requestVideoFrameCallback(look);
    };
    look(performance.now());
    new MutationObserver((changes) => {
      const added = changes.flatMap(({ addedNodes }) => [...addedNodes]).find((node) => (node as Element).matches?.('[role=alertdialog]'));
      if (added === undefined || appeared === null) return;
      const from = appeared;
      appeared = null;
      // The frame that this begins is on the screen when the next task runs.
      requestAnimationFrame(() => setTimeout(() => {
        seen.push({ word: (added as Element).querySelector('h2')!.textContent!, took: performance.now() - from });
        if (seen.length === count) resolve(seen);
      }));
    }).observe(document.body, { subtree: true, childList: true });
  }), [wanted, most] as const);
}
