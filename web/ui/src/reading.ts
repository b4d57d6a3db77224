import type { ReaderOptions } from 'zxing-wasm/reader';

/** How codes are looked for in a camera's picture. Ours are never light on dark, and one is enough. */
export const READING: ReaderOptions = { formats: ['QRCode'], maxNumberOfSymbols: 1, tryInvert: false };
