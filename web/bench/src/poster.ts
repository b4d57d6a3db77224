import { encode } from 'uqr';
import { readBarcodes } from 'zxing-wasm/reader';
import { TracingSheet } from '@safeconduct/core';
import { type Look, looks } from '../../ui/src/looks.ts';
import { READING } from '../../ui/src/reading.ts';
import { imageOf, prepareReader } from './images.ts';
import { type Conditions, conditions, photograph, type Picture } from './picture.ts';
import { seeded } from './random.ts';
import { print, type Row } from './row.ts';

/** People before a poster, and pictures that the camera takes of it meanwhile: the hand moves, distance and light stay. */
const PEOPLE = 10;
const PICTURES = 3;
const SEED = 2026;
const LEAST_PERCENT = 97;
/** Pixels: 1920 over a horizontal view of 65 degrees. */
const FOCAL = 1507;
/** The code with its margin as it is printed in one language, millimetres; and the margin in modules. */
const SHEETS = { A4: 198, A5: 138 } as const;
const QUIET = 4;

/**
 * A camera: what it gives, and how many of its pixels are one of 1920 over the same view. Sharpness and noise are those of
 * `conditions` in its own pixels, and `softer` if its lens is not as good as they are; what a hand moves is an angle.
 */
interface Device { readonly name: string; readonly width: number; readonly height: number; readonly finer: number; readonly softer: number }

const SMALL: Device = { name: '1920', width: 1920, height: 1080, finer: 1, softer: 1 };
const ZOOMED: Device = { ...SMALL, name: '1920 with zoom', finer: 2 };
const FINE: Device = { name: '3840', width: 3840, height: 2160, finer: 2, softer: 1 };
const SOFT: Device = { ...FINE, name: '3840, softer', softer: Math.SQRT2 };

interface View { readonly device: Device; readonly sheet: keyof typeof SHEETS; readonly metres: number; readonly bound?: number }

const VIEWS: readonly View[] = [
  ...[FINE, SMALL, ZOOMED].flatMap((device): readonly View[] => [
    { device, sheet: 'A4', metres: 1 }, { device, sheet: 'A4', metres: 1.5 },
    { device, sheet: 'A4', metres: 2, ...(device === FINE ? { bound: LEAST_PERCENT } : {}) }, { device, sheet: 'A4', metres: 2.5 },
    { device, sheet: 'A5', metres: 1 }, { device, sheet: 'A5', metres: 1.5 },
  ]),
  { device: SOFT, sheet: 'A4', metres: 2 },
];

/** How far away a poster is read by phones, looked at as the wallet looks: the same people and pictures in every run. */
export async function main(args: readonly string[]): Promise<void> {
  prepareReader();
  const text = poster();
  const code = encode(text, { ecc: 'Q', boostEcc: false, border: 0 }).data;
  const rows: Row[] = [{ name: 'modules of the code', value: code.length, unit: '', bound: null }];
  for (const view of VIEWS) rows.push(...await rowsOf(view, code, text));
  print(rows, args.includes('--json'));
}

/** A poster with names of a usual length. */
function poster(): string {
  const uniform = seeded(SEED);
  const random = (length: number): Uint8Array => Uint8Array.from({ length }, () => Math.floor(uniform() * 256));
  const fields = { name: 'Café am Südbahnhof', place: 'Bahnhofstraße 17', room: 'Saal', kind: 'FOOD_AND_DRINK', stay: 2, region: 0, end: null } as const;
  return TracingSheet.create(random).with(fields, 'ab'.repeat(32), random).posters[0]!.toText();
}

async function rowsOf(view: View, code: Code, text: string): Promise<Row[]> {
  const { device, sheet, metres, bound = null } = view;
  const where = `${device.name}, ${sheet} at ${metres} m`;
  let [each, people] = [0, 0];
  for (let person = 0; person < PEOPLE; person++) {
    let heard = 0;
    for (let i = 0; i < PICTURES; i++) if (await reads(view, code, text, person, i)) heard++;
    each += heard;
    if (heard > 0) people++;
  }
  return [
    { name: `${where}: pixels a module`, value: pixelsOf(view, code), unit: '', bound: null },
    { name: `${where}: of pictures`, value: (100 * each) / (PEOPLE * PICTURES), unit: '%', bound, least: true },
    { name: `${where}: of people`, value: (100 * people) / PEOPLE, unit: '%', bound: null },
  ];
}

type Code = readonly (readonly boolean[])[];

const pixelsOf = ({ device, sheet, metres }: View, code: Code): number =>
  (FOCAL * device.finer * SHEETS[sheet]) / (1000 * metres) / (code.length + 2 * QUIET);

/** Whether one of the wallet's looks finds the code. The wallet takes them in turns; here the most enlarged comes first. */
async function reads(view: View, code: Code, text: string, person: number, i: number): Promise<boolean> {
  const { width, height, finer, softer } = view.device;
  const seen = seenBy(person, i, { pixels: pixelsOf(view, code) * code.length, finer, softer });
  for (const look of [...looks(width, height, true)].reverse()) {
    const [found] = await readBarcodes(imageOf(take(code, seen, look, FOCAL * finer, SEED + person * PICTURES + i)), READING);
    if (found?.isValid === true && found.text === text) return true;
  }
  return false;
}

/** What is enlarged is first seen by the camera; what is made smaller is as if it had been seen with fewer pixels. */
function take(code: Code, seen: Conditions, { width, height, scale }: Look, focal: number, seed: number): Picture {
  const less = Math.min(1, scale);
  const { width: wide, blur, motion, x, y } = seen;
  const smaller = { ...seen, width: wide * less, blur: blur * less, motion: motion * less, x: x * less, y: y * less };
  const frame = { width: Math.round(width * less), height: Math.round(height * less), focal: focal * less };
  const picture = photograph(code, smaller, seeded(seed), frame);
  return scale > 1 ? enlarged(picture, scale) : picture;
}

/** As on a phone's display, without glass before it. A person stands somewhere in some light; the hand is never still. */
function seenBy(person: number, picture: number, { pixels, finer, softer }: { pixels: number; finer: number; softer: number }): Conditions {
  const stands = conditions(seeded(SEED + person));
  const { yaw, pitch, roll, motion, direction, x, y } = conditions(seeded(SEED * (picture + 2) + person));
  const near = (own: number, now: number): number => own + now / 10;
  return {
    ...stands, width: pixels, glare: 0, blur: stands.blur * softer, motion: motion * finer, direction,
    yaw: near(stands.yaw, yaw), pitch: near(stands.pitch, pitch), roll: near(stands.roll, roll), x: (x / 3) * finer, y: y * finer,
  };
}

/** Enlarged along rows, then along columns, as a canvas does it. */
function enlarged(picture: Picture, scale: number): Picture {
  return turned(stretched(turned(stretched(picture, scale)), scale));
}

function turned({ width, height, light }: Picture): Picture {
  const across = new Float32Array(light.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) across[x * height + y] = light[y * width + x]!;
  return { width: height, height: width, light: across };
}

/** By the cubic curve of Catmull and Rom. */
function stretched({ width, height, light }: Picture, scale: number): Picture {
  const wide = Math.round(width * scale);
  const out = new Float32Array(wide * height);
  for (let x = 0; x < wide; x++) {
    const at = (x + 0.5) / scale - 0.5;
    const left = Math.floor(at);
    const taps = [-1, 0, 1, 2].map((step) => [Math.max(0, Math.min(width - 1, left + step)), curve(Math.abs(at - left - step))] as const);
    for (let y = 0; y < height; y++) {
      const sum = taps.reduce((all, [column, weight]) => all + weight * light[y * width + column]!, 0);
      out[y * wide + x] = Math.max(0, Math.min(255, Math.round(sum)));
    }
  }
  return { width: wide, height, light: out };
}

const curve = (t: number): number => (t < 1 ? 1.5 * t ** 3 - 2.5 * t ** 2 + 1 : -0.5 * t ** 3 + 2.5 * t ** 2 - 4 * t + 2);
