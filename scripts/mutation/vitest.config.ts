import { defineConfig } from 'vitest/config';
import { SmallestFirst } from './smallest-first.ts';

/** The folder of `src/` that is mutated. */
const folder = process.env.MUTATED ?? '*';

export default defineConfig({
  test: {
    include: [`test/${folder}/**/*.test.ts`],
    exclude: [
      'test/compare/gate.test.ts',
      'test/compare/calls/index.test.ts',
      'test/compare/causes/causes.test.ts',
      'test/compare/visible.test.ts',
    ],
    setupFiles: ['scripts/mutation/fewer-runs.ts', 'scripts/mutation/no-slow-tests.ts'],
    sequence: { sequencer: SmallestFirst },
    isolate: false,
    maxWorkers: 1,
    testTimeout: 60_000,
  },
});
