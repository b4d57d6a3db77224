import { FULL, looks, QUICK } from './looks.ts';
import readerUrl from './reader.worker.ts?worker&url';
import type { Seen } from './reader.worker.ts';
import { startWorker } from './trusted.ts';

export type CameraState = 'starting' | 'reading' | 'denied' | 'missing' | 'failed' | 'off';

/** The view must be free of codes for so long before another one counts: a renewed code of the same phone does not. */
export const CLEAR_MILLISECONDS = 600;

/** How much nearer a poster is brought by a camera that can. */
const ZOOM = 2;

/** What a camera that can zoom tells of itself (Media Capture and Streams, Image Capture); the library's types lack it. */
type Zoomable = { readonly zoom?: number | { readonly max: number } };

/** How a camera is used. */
export interface CameraUse {
  /** Whether the other side turns its codes by itself: then every other text counts at once. */
  readonly turning: boolean;
  /** Whether the code may hang metres away: then more of the camera's own pixels are looked at, which takes longer. */
  readonly far: boolean;
}

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
  readonly #use: CameraUse;
  #turn = 0;
  /** The settings of a camera that can zoom, and whether it does; null where it cannot. */
  zoomed = $state<boolean | null>(null);
  #unzoomed = 1;

  constructor(found: (text: string) => void, use: CameraUse) {
    this.#found = found;
    this.#use = use;
  }

  /** Asks for the camera and reads until `stop`. */
  async start(video: HTMLVideoElement): Promise<void> {
    this.state = 'starting';
    this.#video = video;
    try {
      if (navigator.mediaDevices === undefined) throw new DOMException('', 'NotFoundError');
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: 'environment', ...(this.#use.far ? FULL : QUICK) },
      });
      if (this.#video !== video) {
        stop(stream);
        return;
      }
      this.#stream = stream;
      if (this.#use.far) this.#offerZoom(stream.getVideoTracks()[0]!);
      video.srcObject = stream;
      await video.play();
      if (this.#stream !== stream) return;
      this.#worker = startWorker(readerUrl);
      this.#worker.onmessage = (event: MessageEvent<string | null>) => this.#heard(event.data);
      this.#worker.onerror = () => { this.state = 'failed'; };
      this.state = 'reading';
      void this.#look();
    } catch (error) {
      // Stopped in the meantime, perhaps started anew: what failed is over.
      if (this.#video !== video) return;
      this.stop();
      this.state = trouble(error);
    }
  }

  stop(): void {
    stop(this.#stream);
    this.#worker?.terminate();
    if (this.#video) this.#video.srcObject = null;
    this.#stream = this.#worker = this.#video = undefined;
    this.zoomed = null;
    this.state = 'off';
  }

  #offerZoom(track: MediaStreamTrack): void {
    const able = (track.getCapabilities?.() as Zoomable | undefined)?.zoom;
    const set = (track.getSettings() as Zoomable).zoom;
    if (typeof able !== 'object' || typeof set !== 'number' || able.max < ZOOM * set) return;
    this.#unzoomed = set;
    this.zoomed = false;
  }

  /** Zooms in, or back; a camera that refuses is no longer taken for one that can. */
  async zoom(on: boolean): Promise<void> {
    const zoom = on ? ZOOM * this.#unzoomed : this.#unzoomed;
    const track = this.#stream?.getVideoTracks()[0];
    try {
      await track?.applyConstraints({ advanced: [{ zoom } as MediaTrackConstraintSet] });
      this.zoomed = on;
    } catch {
      this.zoomed = null;
    }
  }

  async #look(): Promise<void> {
    const video = this.#video;
    const worker = this.#worker;
    if (video === undefined || worker === undefined) return;
    try {
      const all = looks(video.videoWidth, video.videoHeight, this.#use.far);
      const { left, top, width, height, scale } = all[this.#turn++ % all.length]!;
      const picture = await createImageBitmap(video, left, top, width, height);
      worker.postMessage({ picture, scale } satisfies Seen, [picture]);
    } catch {
      video.requestVideoFrameCallback(() => void this.#look());
    }
  }

  #heard(text: string | null): void {
    const now = performance.now();
    if (text !== null) {
      const isNew = this.#use.turning ? text !== this.#lastText : now - this.#lastSeen > CLEAR_MILLISECONDS;
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
