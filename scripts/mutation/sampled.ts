import { env } from 'node:process';
import { hash32 } from '../../src/support/hash.ts';
import { NOT_SAMPLED } from './score.ts';

interface Mutant {
  readonly id: string;
  readonly fileName: string;
  readonly mutatorName: string;
  readonly replacement: string;
  readonly location: { readonly start: Place; readonly end: Place };
}
interface Place {
  readonly line: number;
  readonly column: number;
}

/** Lets a share of the mutants through, by a hash of what they are: the same ones in each run of a seed. */
class Sampled {
  readonly #below = Number(env.MUTATED_SHARE ?? 1) * 2 ** 32;
  readonly #seed = Number(env.MUTATED_SEED ?? 1);

  async init(): Promise<void> {}

  /** All at once. */
  async group(mutants: readonly Mutant[]): Promise<string[][]> {
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants: readonly Mutant[]): Promise<Record<string, object>> {
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, this.#answer(mutant)]));
  }

  #answer({ fileName, mutatorName, replacement, location: { start, end } }: Mutant): object {
    const file = fileName.split('/src/').at(-1);
    const place = [start.line, start.column, end.line, end.column];
    const isIn =
      hash32([file, mutatorName, replacement, ...place].join(' '), this.#seed) < this.#below;
    return isIn ? { status: 'passed' } : { status: 'compileError', reason: NOT_SAMPLED };
  }
}

export const strykerPlugins = [
  { kind: 'Checker', name: 'sampled', injectableClass: Sampled },
] as const;
