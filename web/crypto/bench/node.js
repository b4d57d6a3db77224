// Medians in milliseconds on this machine, one thread: npm run bench:node -w crypto
import { NymBbs } from '@safeconduct/crypto';
import { median, passOperations, time } from './measure.js';

const ROUNDS = 60;

for (const attributes of [5, 8]) {
  console.log(`L = ${attributes}, three hidden, N = 1, Node ${process.versions.node}`);
  console.log(`${time(1, () => NymBbs.of(attributes, 0, 1))[0].toFixed(2).padStart(8)}  set-up, once`);
  for (const [name, act] of Object.entries(passOperations(attributes))) {
    time(ROUNDS / 5, act);
    console.log(`${median(time(ROUNDS, act)).toFixed(2).padStart(8)}  ${name}`);
  }
}
