/**
 * Adds up what one device loads and keeps: all JavaScript and CSS that the build's service worker lists, gzipped, with the
 * largest of the languages that are kept only where somebody wants them. WebAssembly is shown apart.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const MOST_BYTES = 150_000;
const folder = process.argv[2] ?? 'dist';
const worker = readFileSync(join(folder, 'sw.js'), 'utf8');
const listed = (name) => JSON.parse(new RegExp(`^const ${name} = (.*);$`, 'm').exec(worker)[1]);
const weigh = (files, kind = /\.(js|css)$/) => files.filter((file) => kind.test(file))
  .reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0);

const everybody = weigh(['sw.js', ...listed('FILES')]);
const [language, most] = Object.entries(listed('TEXTS')).map(([tag, file]) => [tag, weigh([file])]).sort(([, a], [, b]) => b - a)[0] ?? ['all are kept', 0];
const all = readdirSync(folder, { recursive: true }).map(String);
console.log(`JavaScript and CSS, gzipped: ${everybody} bytes for everybody; in all, with the largest language (${language}), ${everybody + most}, at most ${MOST_BYTES}`);
console.log(`All files: ${weigh(all)}; WebAssembly: ${weigh(all, /\.wasm$/)}`);
if (everybody + most > MOST_BYTES) {
  console.error('The build is over its budget.');
  process.exit(1);
}
