import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/house/no-console.ts'],
    reporters: ['default', './test/house/closing-line.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most tests wait for processes and sockets: one worker a core, not one for all but one core.
    maxWorkers: '100%',
  },
});
