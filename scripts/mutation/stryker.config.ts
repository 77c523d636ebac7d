import { env } from 'node:process';

const folder = env.MUTATED;
const here = 'scripts/mutation';

/** Read by the processes that `main.ts` starts, which says through the environment what is mutated. */
export default {
  mutate: env.MUTATED_FILES?.split(',') ?? [`src/${folder}/**/*.ts`],
  testRunner: 'in-process',
  plugins: [`./${here}/runner.ts`, `./${here}/sampled.ts`],
  checkers: env.MUTATED_SHARE === undefined ? [] : ['sampled'],
  coverageAnalysis: 'perTest',
  // What runs once, when a module is loaded, can't be switched on for single tests.
  ignoreStatic: true,
  concurrency: Number(env.MUTATED_AT_ONCE ?? 1),
  // Endless loops are found by how often a mutant is run through; the clock is for what is left of them.
  timeoutMS: 90_000,
  jsonReporter: { fileName: `.stryker-tmp/${folder}.json` },
  htmlReporter: { fileName: `.stryker-tmp/${folder}.html` },
  reporters: ['json', 'html', 'progress'],
  ignorePatterns: ['dist', 'docs/images', 'demo'],
  tempDirName: '.stryker-tmp',
  allowConsoleColors: false,
};
