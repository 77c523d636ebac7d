import { env } from 'node:process';

const folder = env.MUTATED ?? 'verdict';
const here = 'scripts/mutation';

/** Read by the processes that `main.ts` starts, which says through the environment what is mutated. */
export default {
  mutate: (env.MUTATED_FILES ?? `src/${folder}/**/*.ts`).split(','),
  testRunner: 'in-process',
  plugins: [`./${here}/sampled.ts`, `./${here}/runner.ts`],
  checkers: env.MUTATED_SHARE === undefined ? [] : ['sampled'],
  coverageAnalysis: 'perTest',
  // What runs once, when a module is loaded, can't be switched on for single tests.
  ignoreStatic: true,
  concurrency: Number(env.MUTATED_AT_ONCE ?? 1),
  // Endless loops are found by how often a mutant is run through; the clock is for what is left of them.
  timeoutMS: 8_000,
  incremental: false,
  incrementalFile: `.stryker-tmp/quick-${folder}.incremental.json`,
  jsonReporter: { fileName: `.stryker-tmp/quick-${folder}.json` },
  htmlReporter: { fileName: `.stryker-tmp/quick-${folder}.html` },
  reporters: ['json', 'html', 'progress'],
  ignorePatterns: ['dist', 'docs/images', 'scripts/accuracy', 'demo'],
  tempDirName: '.stryker-tmp',
  allowConsoleColors: false,
};
