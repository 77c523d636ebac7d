import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/house/no-console.ts'],
    reporters: ['default', './test/house/closing-line.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many tests wait for processes and sockets: a worker more than there are cores.
    maxWorkers: availableParallelism() + 1,
  },
});
