import { Worker } from 'node:worker_threads';
import type { Browser } from 'playwright-core';

const RUNNING_MILLISECONDS = 4;

/**
 * Node runs this text in a thread of its own: it wakes and stops processes in turns. A turn lasts longer than it should on
 * a busy machine, so each stop makes up for what was running before it.
 */
const TURNS = `
const { parentPort, receiveMessageOnPort, workerData: { pids, times, running } } = require('node:worker_threads');
const cell = new Int32Array(new SharedArrayBuffer(4));
const signal = (name) => pids.forEach((pid) => { try { process.kill(pid, name); } catch {} });
const lasted = { SIGSTOP: 0, SIGCONT: 0 };
const turn = (name, milliseconds) => {
  const start = performance.now();
  signal(name);
  Atomics.wait(cell, 0, 0, milliseconds);
  lasted[name] += performance.now() - start;
};
while (receiveMessageOnPort(parentPort) === undefined) {
  turn('SIGCONT', running);
  turn('SIGSTOP', Math.max(1, (times - 1) * lasted.SIGCONT - lasted.SIGSTOP));
}
signal('SIGCONT');
parentPort.postMessage((lasted.SIGSTOP + lasted.SIGCONT) / lasted.SIGCONT);
parentPort.close();
`;

/**
 * Slows a browser's pages with all their workers so many times, while its camera goes on. Chromium's own throttling slows a
 * page's main thread alone, and reading and checking happen in workers.
 * @returns what ends it and says how many times slower the pages were
 */
export async function slow(browser: Browser, times: number): Promise<() => Promise<number>> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const pids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const worker = new Worker(TURNS, { eval: true, workerData: { pids, times, running: RUNNING_MILLISECONDS } });
  return () => new Promise((resolve) => {
    worker.once('message', resolve);
    worker.postMessage('end');
  });
}
