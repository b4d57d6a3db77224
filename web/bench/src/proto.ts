import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { encode } from 'uqr';
import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import { READING } from '../../ui/src/reading.ts';
import { conditions, photograph, type Picture } from './picture.ts';
import { seeded } from './random.ts';

const TEXT = 'SCV1:' + Array.from({ length: Number(process.env['CHARS'] ?? 375) }, (_, i) => '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'[(i * 7919 + i * i * 31) % 45]).join('');
export async function main(args: readonly string[]): Promise<void> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
  const code = encode(TEXT, { ecc: 'Q', boostEcc: false, border: 0 }).data;
  console.log('modules', code.length);
  const N = Number(args[0] ?? 30);
  for (const px of [1.4, 1.6, 1.8, 2, 2.25, 2.5, 2.75, 3, 3.25]) {
    const ok: Record<string, number> = {}; const ms: Record<string, number> = {};
    for (let i = 0; i < N; i++) {
      const u = seeded(7 + i);
      const c = { ...conditions(u), width: px * code.length, glare: 0 };
      if (process.env['CALM']) Object.assign(c, { motion: c.motion / 2, blur: 0.4 + (c.blur - 0.4) / 2, noise: c.noise / 2 + 1, yaw: c.yaw / 2, pitch: c.pitch / 2, roll: c.roll / 2 });
      const p = photograph(code, c as never, u);
      for (const [name, scale, opt] of [['1', 1, {}], ['2', 2, {}], ['3', 3, {}], ['2nodown', 2, { tryDownscale: false }], ['4', 4, { tryDownscale: false }]] as [string, number, ReaderOptions][]) {
        const im = up(crop(p, Math.min(720, 480 )), scale);
        const t = performance.now();
        const [f] = await readBarcodes(im, { ...READING, ...opt });
        ms[name] = (ms[name] ?? 0) + performance.now() - t;
        if (f?.isValid && f.text === TEXT) ok[name] = (ok[name] ?? 0) + 1;
      }
    }
    console.log(px, Object.keys(ms).map((k) => `${k}: ${Math.round(100 * (ok[k] ?? 0) / N)}% ${(ms[k]! / N).toFixed(0)}ms`).join('  '));
  }
}
function crop(p: Picture, side: number): Picture {
  const light = new Float32Array(side * side); const [l, t] = [(p.width - side) >> 1, (p.height - side) >> 1];
  for (let y = 0; y < side; y++) light.set(p.light.subarray((y + t) * p.width + l, (y + t) * p.width + l + side), y * side);
  return { width: side, height: side, light };
}
function cub(t: number): number { t = Math.abs(t); return t < 1 ? 1.5 * t ** 3 - 2.5 * t * t + 1 : t < 2 ? -0.5 * t ** 3 + 2.5 * t * t - 4 * t + 2 : 0; }
function up(p: Picture, s: number): ImageData {
  const [w, h] = [p.width * s, p.height * s];
  let src = p.light;
  const mid = new Float32Array(w * p.height);
  for (let x = 0; x < w; x++) { const sx = (x + 0.5) / s - 0.5, f = Math.floor(sx); const ws = [-1, 0, 1, 2].map((k) => cub(sx - f - k)); const xs = [-1, 0, 1, 2].map((k) => Math.max(0, Math.min(p.width - 1, f + k)));
    for (let y = 0; y < p.height; y++) { let a = 0; for (let k = 0; k < 4; k++) a += ws[k]! * src[y * p.width + xs[k]!]!; mid[y * w + x] = a; } }
  const data = new Uint8ClampedArray(4 * w * h).fill(255);
  for (let y = 0; y < h; y++) { const sy = (y + 0.5) / s - 0.5, f = Math.floor(sy); const ws = [-1, 0, 1, 2].map((k) => cub(sy - f - k)); const ys = [-1, 0, 1, 2].map((k) => Math.max(0, Math.min(p.height - 1, f + k)));
    for (let x = 0; x < w; x++) { let a = 0; for (let k = 0; k < 4; k++) a += ws[k]! * mid[ys[k]! * w + x]!; const i = 4 * (y * w + x); data[i] = data[i + 1] = data[i + 2] = a; } }
  return { width: w, height: h, data, colorSpace: 'srgb' } as ImageData;
}
