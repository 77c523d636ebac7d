import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { env } from 'node:process';
import { SLOW_FILES, SLOW_TESTS } from './slow-tests.ts';
import { runTest, type Test, testsOf } from './suite.ts';

/** What Stryker's instrumented code reads and writes. */
interface Namespace {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: unknown;
}
interface MutantRun {
  readonly activeMutant: { readonly id: string };
  readonly testFilter?: readonly string[];
  readonly hitLimit?: number;
}

const global = globalThis as unknown as { __stryker__?: Namespace };
global.__stryker__ ??= {};
const stryker = global.__stryker__;

/** What tests import is ours, so that they are loaded once for all mutants. */
const OURS: ReadonlyMap<string, string> = new Map([
  ['vitest', new URL('./suite.ts', import.meta.url).href],
  ['fast-check', new URL('./fast-check.ts', import.meta.url).href],
]);
registerHooks({
  resolve: (specifier, context, next) => {
    const url = context.parentURL?.includes('/test/') ? OURS.get(specifier) : undefined;
    return url
      ? { url, shortCircuit: true, format: 'module-typescript' }
      : next(specifier, context);
  },
});

/**
 * Runs the tests of a folder in Stryker's own process, where a mutant costs its tests and nothing else.
 * What a mutant left behind in caches can't be taken for a kill: a test that failed must pass without
 * it, else the process ends, and Stryker begins another.
 */
class InProcessRunner {
  readonly #tests = new Map<string, Test>();
  readonly #loaded = new Set<string>();

  capabilities(): object {
    return { reloadEnvironment: false };
  }

  async dryRun(): Promise<object> {
    const files = globSync(`test/${env.MUTATED}/**/*.test.ts`).sort();
    for (const file of files) if (!SLOW_FILES.has(file)) await this.#load(resolve(file));
    const tests: object[] = [];
    const took: Record<string, number> = {};
    for (const [id, test] of this.#tests) {
      stryker.currentTestId = id;
      const begin = performance.now();
      const failure = await failureOf(test);
      stryker.currentTestId = undefined;
      const timeSpentMs = performance.now() - begin;
      took[id] = timeSpentMs;
      const status = failure === undefined ? 0 : 1;
      const told = { id, name: test.name, fileName: test.file, timeSpentMs };
      tests.push({ ...told, status, failureMessage: failure });
    }
    writeFileSync(TIMES, JSON.stringify(took));
    return { status: 'complete', tests, mutantCoverage: stryker.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter = [], hitLimit }: MutantRun): Promise<object> {
    let nrOfTests = 0;
    for (const id of quickestFirst(testFilter)) {
      await this.#load(id.slice(0, id.indexOf('#')));
      const test = this.#tests.get(id);
      if (!test) continue;
      nrOfTests++;
      Object.assign(stryker, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
      const failure = await failureOf(test);
      const hits = stryker.hitCount ?? 0;
      Object.assign(stryker, { activeMutant: undefined, hitCount: undefined });
      if (hitLimit !== undefined && hits > hitLimit)
        return { status: 'timeout', reason: 'hit limit' };
      if (failure === undefined) continue;
      if ((await failureOf(test)) !== undefined) process.exit(1);
      return { status: 'killed', killedBy: [id], failureMessage: failure, nrOfTests };
    }
    return { status: 'survived', nrOfTests };
  }

  async #load(file: string): Promise<void> {
    if (this.#loaded.has(file)) return;
    this.#loaded.add(file);
    for (const test of await testsOf(file)) {
      if (!SLOW_TESTS.has(test.name.split(' > ').at(-1) ?? '')) this.#tests.set(test.id, test);
    }
  }
}

/** How long each test took, in the folder that Stryker's processes share. */
const TIMES = 'mutation-times.json';
let times: Readonly<Record<string, number>> | undefined;

function quickestFirst(ids: readonly string[]): string[] {
  times ??= existsSync(TIMES) ? JSON.parse(readFileSync(TIMES, 'utf8')) : undefined;
  return ids.toSorted((a, b) => (times?.[a] ?? 0) - (times?.[b] ?? 0));
}

async function failureOf(test: Test): Promise<string | undefined> {
  try {
    await runTest(test);
    return undefined;
  } catch (error) {
    return String(error).slice(0, 500);
  }
}

export const strykerPlugins = [
  { kind: 'TestRunner', name: 'in-process', injectableClass: InProcessRunner },
] as const;
