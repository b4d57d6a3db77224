/** Adds up what a first visit loads: all JavaScript and CSS of a build, gzipped. WebAssembly is shown apart. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const MOST_BYTES = 150_000;
const folder = process.argv[2] ?? 'dist';
const files = readdirSync(folder, { recursive: true }).map(String);
const weigh = (ending) => files.filter((file) => ending.test(file))
  .reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file)), { level: 9 }).length, 0);
const code = weigh(/\.(js|css)$/);

console.log(`JavaScript and CSS: ${code} bytes gzipped, at most ${MOST_BYTES}; WebAssembly: ${weigh(/\.wasm$/)}`);
if (code > MOST_BYTES) {
  console.error('The build is over its budget.');
  process.exit(1);
}
