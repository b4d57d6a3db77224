import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { encode } from 'uqr';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { city } from '../../core/test/support/world.ts';
import { READING } from '../../ui/src/reading.ts';
import { conditions, photograph, type Picture } from './picture.ts';
import { seeded } from './random.ts';
import { median, print, type Row } from './row.ts';

const PICTURES = 500;
const SEED = 2026;
const LEAST_PERCENT = 97;
const WIDTHS = [280, 320, 360, 400, 440, 481] as const;

interface Read {
  readonly width: number;
  readonly stamped: boolean;
  readonly ok: boolean;
  readonly milliseconds: number;
}

/** How many of 500 simulated camera pictures of real showings the checker's reader reads. The same pictures in every run. */
export async function main(args: readonly string[]): Promise<void> {
  const json = args.includes('--json');
  prepareReader();
  const showing = showings();
  const all: Read[] = [];
  for (let i = 0; i < PICTURES; i++) {
    if (!json && process.stderr.isTTY) process.stderr.write(`\r${i} of ${PICTURES}`);
    const stamped = i % 2 === 1;
    all.push({ stamped, ...await read(showing(stamped), SEED + i) });
  }
  if (!json && process.stderr.isTTY) process.stderr.write('\r');
  print(rowsOf(all), json);
}

/** The reader as the apps load it. */
export function prepareReader(): void {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
}

/** Showings of a city's pass: the plain default answer, or a stamp with one attribute more, to a door's signed question. */
function showings(): (stamped: boolean) => string {
  const { byDefault, read: asked, show, signed } = city();
  const [plain, gate] = [byDefault(), asked(signed({ attributes: [0, 2], scope: 0 }))];
  return (stamped) => show(stamped ? gate : plain);
}

async function read(text: string, seed: number): Promise<Omit<Read, 'stamped'>> {
  const uniform = seeded(seed);
  const seen = conditions(uniform);
  const picture = imageOf(photograph(encode(text, { ecc: 'L', boostEcc: false, border: 0 }).data, seen, uniform));
  const start = performance.now();
  const [found] = await readBarcodes(picture, READING);
  const milliseconds = performance.now() - start;
  return { width: seen.width, ok: found?.isValid === true && found.text === text, milliseconds };
}

/** As a canvas gives it to the reader. */
export function imageOf({ width, height, light }: Picture): ImageData {
  const data = new Uint8ClampedArray(4 * light.length);
  light.forEach((grey, i) => data.fill(grey, 4 * i, 4 * i + 3));
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
  return { width, height, data, colorSpace: 'srgb' } as ImageData;
}

function rowsOf(all: readonly Read[]): Row[] {
  const percent = (name: string, some: readonly Read[], bound: number | null): Row =>
    ({ name, value: (100 * some.filter(({ ok }) => ok).length) / some.length, unit: '%', bound, least: true });
  return [
    percent(`codes read, of ${all.length}`, all, LEAST_PERCENT),
    ...WIDTHS.slice(1).map((most, i) =>
      percent(`${WIDTHS[i]} to ${most - 1} pixels wide`, all.filter(({ width }) => width >= WIDTHS[i]! && width < most), null)),
    percent('without stamp', all.filter(({ stamped }) => !stamped), null),
    percent('with stamp and two attributes', all.filter(({ stamped }) => stamped), null),
    { name: 'reading one picture, median', value: median(all.map(({ milliseconds }) => milliseconds)), unit: 'ms', bound: null },
  ];
}
