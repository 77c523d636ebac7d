import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Workers, and the many processes that tests start, find their code compiled by the one before. */
process.env.NODE_COMPILE_CACHE ??= resolve('node_modules/.cache/compiled');

/** What all files of a process share: modules, clocks, its environment, its heap. */
const CHANGES_ITS_PROCESS = /\bvi\.|setFlagsFromString|memoryUsage|process\.env\.\w+ = /;
const { true: alone = [], false: together = [] } = Object.groupBy(
  globSync('test/**/*.test.ts').sort(),
  (path) => `${CHANGES_ITS_PROCESS.test(readFileSync(path, 'utf8'))}`,
);

/** The whole programs of test/e2e take longest, in short files: none is left to run alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project, moduleId }: TestSpecification) =>
      project.name === 'alone' ? 0 : moduleId.includes('/test/e2e/') ? 1 : 2;
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    setupFiles: ['test/house/no-console.ts'],
    reporters: ['default', './test/house/closing-line.ts'],
    // Long enough for any machine: nothing is measured by them, a test only must not hang for ever.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    sequence: { sequencer: LongestFirst },
    // Many tests wait for processes and sockets: two workers more than there are cores.
    maxWorkers: availableParallelism() + 2,
    // Node loads the modules as it does outside of tests: where Vite's runner does, each use of what a
    // module imports is looked up anew, a sixth of the processor time of all.
    experimental: { viteModuleRunner: false },
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: together,
          // A process for each file is a third of what most of them take.
          isolate: false,
          // Nothing is mocked in these.
          experimental: { nodeLoader: false },
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
