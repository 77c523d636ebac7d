import { globSync, statSync } from 'node:fs';
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
  readonly #ms = new Map<string, number>();

  capabilities(): object {
    return { reloadEnvironment: false };
  }

  async init(): Promise<void> {
    const folder = env.MUTATED ?? '*';
    const files = globSync(`test/${folder}/**/*.test.ts`).filter((file) => !SLOW_FILES.has(file));
    files.sort((a, b) => statSync(a).size - statSync(b).size);
    for (const file of files) {
      for (const test of await testsOf(resolve(file))) {
        if (!SLOW_TESTS.has(test.name.split(' > ').at(-1) ?? '')) this.#tests.set(test.id, test);
      }
    }
  }

  async dryRun(): Promise<object> {
    const tests: object[] = [];
    for (const [id, test] of this.#tests) {
      stryker.currentTestId = id;
      const begin = performance.now();
      const failure = await failureOf(test);
      stryker.currentTestId = undefined;
      const timeSpentMs = performance.now() - begin;
      this.#ms.set(id, timeSpentMs);
      const status = failure === undefined ? 0 : 1;
      tests.push({
        id,
        name: test.name,
        fileName: test.file,
        timeSpentMs,
        status,
        failureMessage: failure,
      });
    }
    return { status: 'complete', tests, mutantCoverage: stryker.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter = [], hitLimit }: MutantRun): Promise<object> {
    let nrOfTests = 0;
    const quickest = [...testFilter].sort(
      (a, b) => (this.#ms.get(a) ?? 0) - (this.#ms.get(b) ?? 0),
    );
    for (const id of quickest) {
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
