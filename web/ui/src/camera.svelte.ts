import readerUrl from './reader.worker.ts?worker&url';
import { startWorker } from './trusted.ts';

export type CameraState = 'starting' | 'reading' | 'denied' | 'missing' | 'failed' | 'off';

/** The view must be free of codes for so long before another one counts: a renewed code of the same phone does not. */
export const CLEAR_MILLISECONDS = 600;

/**
 * The camera: hands out the text of a code once when it comes into view, and the next one only after the view was clear.
 * No picture is kept or sent; the reader works in a worker, one picture at a time.
 */
export class Camera {
  state = $state<CameraState>('off');
  #stream: MediaStream | undefined;
  #worker: Worker | undefined;
  #video: HTMLVideoElement | undefined;
  #lastSeen = Number.NEGATIVE_INFINITY;
  #lastText = '';
  readonly #found: (text: string) => void;
  readonly #turning: boolean;

  /** @param turning whether the other side turns its codes by itself: then every other text counts at once */
  constructor(found: (text: string) => void, turning: boolean) {
    this.#found = found;
    this.#turning = turning;
  }

  /** Asks for the camera and reads until `stop`. */
  async start(video: HTMLVideoElement): Promise<void> {
    this.state = 'starting';
    this.#video = video;
    try {
      if (navigator.mediaDevices === undefined) throw new DOMException('', 'NotFoundError');
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
      });
      if (this.#video !== video) {
        stop(stream);
        return;
      }
      this.#stream = stream;
      video.srcObject = stream;
      await video.play();
      this.#worker = startWorker(readerUrl);
      this.#worker.onmessage = (event: MessageEvent<string | null>) => this.#heard(event.data);
      this.#worker.onerror = () => { this.state = 'failed'; };
      this.state = 'reading';
      void this.#look();
    } catch (error) {
      this.stop();
      this.state = trouble(error);
    }
  }

  stop(): void {
    stop(this.#stream);
    this.#worker?.terminate();
    if (this.#video) this.#video.srcObject = null;
    this.#stream = this.#worker = this.#video = undefined;
    this.state = 'off';
  }

  async #look(): Promise<void> {
    const video = this.#video;
    const worker = this.#worker;
    if (video === undefined || worker === undefined) return;
    try {
      const picture = await createImageBitmap(video);
      worker.postMessage(picture, [picture]);
    } catch {
      video.requestVideoFrameCallback(() => void this.#look());
    }
  }

  #heard(text: string | null): void {
    const now = performance.now();
    if (text !== null) {
      const isNew = this.#turning ? text !== this.#lastText : now - this.#lastSeen > CLEAR_MILLISECONDS;
      this.#lastText = text;
      this.#lastSeen = now;
      if (isNew) this.#found(text);
    }
    this.#video?.requestVideoFrameCallback(() => void this.#look());
  }
}

function stop(stream: MediaStream | undefined): void {
  stream?.getTracks().forEach((track) => track.stop());
}

function trouble(error: unknown): CameraState {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'failed';
}
