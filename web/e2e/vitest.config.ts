import { defineConfig } from 'vitest/config';

const resolve = { conditions: ['source'] };
const ssr = { resolve };
/** Files of one worker share what it has loaded; what is waited for may take long on a busy machine. */
const common = { testTimeout: 90_000, hookTimeout: 60_000, isolate: false, expect: { poll: { timeout: 10_000 } } };
/** A line of people before a camera has the machine for itself: they come at their own pace. */
const CAMERA = 'test/camera.test.ts';

/** All other files run beside each other, two at a time: each has servers, offices and browsers of its own. */
export default defineConfig({
  test: {
    projects: [
      { resolve, ssr, test: { name: 'camera', include: [CAMERA], ...common, maxWorkers: 1, sequence: { groupOrder: 0 } } },
      { resolve, ssr, test: { name: 'beside', include: ['test/**/*.test.ts'], exclude: [CAMERA], ...common, maxWorkers: 2, sequence: { groupOrder: 1 } } },
    ],
  },
});
