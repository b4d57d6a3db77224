import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { READING } from './reading.ts';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** Reads QR codes out of camera pictures. A picture lives here for the few milliseconds of its reading. */

prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });

/** What the camera sees, or a part of it, and how many times as large it is looked at (looks.ts). */
export interface Seen { readonly picture: ImageBitmap; readonly scale: number }

let canvas: OffscreenCanvas | undefined;

self.onmessage = async (event: MessageEvent<Seen>) => {
  const { picture, scale } = event.data;
  try {
    const found = await readBarcodes(pixels(picture, scale), READING);
    self.postMessage(found[0]?.isValid ? found[0].text : null);
  } catch {
    self.postMessage(null);
  } finally {
    picture.close();
  }
};

function pixels(picture: ImageBitmap, scale: number): ImageData {
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  if (canvas === undefined || canvas.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  if (drawing === null) throw new Error('no canvas');
  drawing.imageSmoothingQuality = scale > 1 ? 'high' : 'medium';
  drawing.drawImage(picture, 0, 0, width, height);
  return drawing.getImageData(0, 0, width, height);
}
