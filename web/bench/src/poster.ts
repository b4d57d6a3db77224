import { encode } from 'uqr';
import { readBarcodes } from 'zxing-wasm/reader';
import { TracingSheet } from '@safeconduct/core';
import { READING } from '../../ui/src/reading.ts';
import { imageOf, prepareReader } from './images.ts';
import { type Conditions, conditions, photograph, type Picture } from './picture.ts';
import { seeded } from './random.ts';
import { print, type Row } from './row.ts';

/** People before a poster, and pictures that the camera takes of it meanwhile: the hand moves, distance and light stay. */
const PEOPLE = 10;
const PICTURES = 3;
const SEED = 2026;
/** Pixels: 1920 over a horizontal view of 65 degrees. */
const FOCAL = 1507;
/** Before, the camera was asked for 1280, and nothing was enlarged. */
const BEFORE = 1280 / 1920;
/** The code with its margin as it is printed in one language, millimetres; and the margin in modules. */
const SHEETS = { A4: 178, A5: 128 } as const;
const QUIET = 4;
/** The part of the middle that is enlarged, and by how much (ui/src/camera.svelte.ts, reader.worker.ts). */
const MIDDLE = 640;
const ENLARGED = 2;

interface View { readonly sheet: keyof typeof SHEETS; readonly metres: number }

/** Zoom doubles the distance: two metres are then seen as one here. */
const VIEWS: readonly View[] = [
  { sheet: 'A4', metres: 0.6 }, { sheet: 'A4', metres: 1 }, { sheet: 'A4', metres: 1.5 }, { sheet: 'A4', metres: 2 }, { sheet: 'A5', metres: 1 },
];

/** How far away a poster is read by a phone that gives 1920 x 1080 pixels: the same people and pictures in every run. */
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

async function rowsOf({ sheet, metres }: View, code: readonly (readonly boolean[])[], text: string): Promise<Row[]> {
  const pixels = (FOCAL * SHEETS[sheet]) / (1000 * metres) / (code.length + 2 * QUIET);
  let [each, people, before] = [0, 0, 0];
  for (let person = 0; person < PEOPLE; person++) {
    let heard = false;
    for (let i = 0; i < PICTURES; i++) {
      const take = (part: number): Picture => photograph(code, seenBy(person, i, pixels * part * code.length), seeded(SEED + person * PICTURES + i));
      const found = await reads(imageOf(enlarged(middle(take(1)))), text);
      if (await reads(imageOf(take(BEFORE)), text)) before++;
      if (found) each++;
      heard ||= found;
    }
    if (heard) people++;
  }
  const where = `${sheet} at ${metres} m`;
  const percent = (name: string, value: number, of: number): Row => ({ name: `${where}: ${name}`, value: (100 * value) / of, unit: '%', bound: null });
  return [
    { name: `${where}: pixels a module`, value: pixels, unit: '', bound: null },
    percent('of pictures', each, PEOPLE * PICTURES), percent(`of people, ${PICTURES} pictures each`, people, PEOPLE),
    percent('of pictures, before', before, PEOPLE * PICTURES),
  ];
}

/** As on a phone's display, without glass before it. A person stands somewhere in some light; the hand is never still. */
function seenBy(person: number, picture: number, width: number): Conditions {
  const stands = conditions(seeded(SEED + person));
  const { yaw, pitch, roll, motion, direction, x, y } = conditions(seeded(SEED * (picture + 2) + person));
  const near = (own: number, now: number): number => own + now / 10;
  return {
    ...stands, width, glare: 0, motion, direction, yaw: near(stands.yaw, yaw), pitch: near(stands.pitch, pitch), roll: near(stands.roll, roll),
    x: x / 3, y,
  };
}

async function reads(image: ImageData, text: string): Promise<boolean> {
  const [found] = await readBarcodes(image, READING);
  return found?.isValid === true && found.text === text;
}

/** The square in the middle of a picture. */
function middle({ width, height, light }: Picture): Picture {
  const [left, top] = [(width - MIDDLE) / 2, (height - MIDDLE) / 2];
  const part = new Float32Array(MIDDLE * MIDDLE);
  for (let y = 0; y < MIDDLE; y++) part.set(light.subarray((top + y) * width + left, (top + y) * width + left + MIDDLE), y * MIDDLE);
  return { width: MIDDLE, height: MIDDLE, light: part };
}

/** Enlarged along rows, then along columns, as a canvas does it. */
function enlarged(picture: Picture): Picture {
  return turned(stretched(turned(stretched(picture))));
}

function turned({ width, height, light }: Picture): Picture {
  const across = new Float32Array(light.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) across[x * height + y] = light[y * width + x]!;
  return { width: height, height: width, light: across };
}

/** By the cubic curve of Catmull and Rom. */
function stretched({ width, height, light }: Picture): Picture {
  const wide = width * ENLARGED;
  const out = new Float32Array(wide * height);
  for (let x = 0; x < wide; x++) {
    const at = (x + 0.5) / ENLARGED - 0.5;
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
