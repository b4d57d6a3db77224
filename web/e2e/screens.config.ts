import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: { include: ['screens.ts'], testTimeout: 180_000, hookTimeout: 60_000, fileParallelism: false },
});
