import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { READING } from './reading.ts';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** Reads QR codes out of camera pictures. A picture lives here for the few milliseconds of its reading. */

prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });

/** A picture, and whether it is the middle of one: enlarged, modules of less than two pixels can be read (bench:poster). */
export interface Look { readonly picture: ImageBitmap; readonly enlarge: boolean }

const LONGEST_SIDE = 1280;
let canvas: OffscreenCanvas | undefined;

self.onmessage = async (event: MessageEvent<Look>) => {
  const { picture, enlarge } = event.data;
  try {
    const found = await readBarcodes(pixels(picture, enlarge), READING);
    self.postMessage(found[0]?.isValid ? found[0].text : null);
  } catch {
    self.postMessage(null);
  } finally {
    picture.close();
  }
};

function pixels(picture: ImageBitmap, enlarge: boolean): ImageData {
  const fitting = LONGEST_SIDE / Math.max(picture.width, picture.height);
  const scale = enlarge ? fitting : Math.min(1, fitting);
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  if (canvas === undefined || canvas.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  if (drawing === null) throw new Error('no canvas');
  drawing.imageSmoothingQuality = enlarge ? 'high' : 'low';
  drawing.drawImage(picture, 0, 0, width, height);
  return drawing.getImageData(0, 0, width, height);
}
