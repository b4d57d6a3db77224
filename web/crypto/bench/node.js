// Medians in milliseconds on this machine, one thread: npm run bench:node -w crypto
import { measure } from './measure.js';

for (const attributes of [5, 8]) {
  console.log(`L = ${attributes}, three hidden, N = 1, Node ${process.versions.node}`);
  for (const [name, ms] of Object.entries(measure(attributes, 60))) console.log(`${ms.toFixed(2).padStart(8)}  ${name}`);
}
