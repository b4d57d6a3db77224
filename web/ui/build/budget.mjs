/**
 * Adds up what a first visit loads: all JavaScript and CSS of a build, gzipped. WebAssembly is shown apart, and so is the
 * wallet's part that checks in, which is loaded where the office has a health authority.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const MOST_BYTES = 150_000;
const MOST_PART_BYTES = 45_000;
const PART = /(^|\/)checkin[.-]/;
const folder = process.argv[2] ?? 'dist';
const files = readdirSync(folder, { recursive: true }).map(String);
const weigh = (wanted) => files.filter(wanted)
  .reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0);
const isCode = (file) => /\.(js|css)$/.test(file);
const code = weigh((file) => isCode(file) && !PART.test(file));
const part = weigh((file) => isCode(file) && PART.test(file));

console.log(`JavaScript and CSS: ${code} bytes gzipped, at most ${MOST_BYTES}; WebAssembly: ${weigh((file) => file.endsWith('.wasm'))}`);
if (part > 0) console.log(`Checking in, loaded later: ${part} bytes gzipped, at most ${MOST_PART_BYTES}; together ${code + part}`);
if (code > MOST_BYTES || part > MOST_PART_BYTES) {
  console.error('The build is over its budget.');
  process.exit(1);
}
