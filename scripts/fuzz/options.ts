import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { targetNames } from './targets.ts';

export const HELP = `npm run fuzz -- [options]

Looks for inputs that break what must hold, guided by the code that they reach.

  --minutes N     how long, all targets together (10)
  --executions N  inputs a target, instead of a time: the same ones for the same seed and corpus
  --workers N     targets at once (1)
  --target NAME   only this one, or those of a folder; repeatable
  --seed N        what chance begins with (1)
  --hang SECONDS  processor time that one input may take (10)
  --memory MIB    what a worker may take (1024)
  --folder DIR    where corpus, findings and runs are kept (build/fuzz)
  --repeat FILE   run the input of a finding alone, on the sources as they are
  --totals        print what all runs of the folder did
  --list          print the targets and what must hold

Exit code: 0 nothing is open, 1 a finding is open, 2 wrong usage.
`;

export type Options = ReturnType<typeof parseOptions>;

/** Throws RangeError, or TypeError, for what is none. */
export function parseOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '10' },
      executions: { type: 'string' },
      workers: { type: 'string', default: '1' },
      target: { type: 'string', multiple: true, default: [] },
      seed: { type: 'string', default: '1' },
      hang: { type: 'string', default: '10' },
      memory: { type: 'string', default: '1024' },
      folder: { type: 'string', default: 'build/fuzz' },
      repeat: { type: 'string' },
      totals: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    ...values,
    minutes: positive('minutes', values.minutes),
    executions:
      values.executions === undefined ? undefined : positive('executions', values.executions),
    workers: Math.min(availableParallelism(), positive('workers', values.workers)),
    targets: chosen(values.target),
    seed: positive('seed', values.seed),
    hangMs: 1_000 * positive('hang', values.hang),
    memoryMiB: positive('memory', values.memory),
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new RangeError(`--${name}: a number above 0`);
  return value;
}

function chosen(names: readonly string[]): string[] {
  const all = targetNames();
  if (names.length === 0) return all;
  return names.flatMap((name) => {
    const found = all.filter((each) => each === name || each.startsWith(`${name}/`));
    if (found.length === 0)
      throw new RangeError(`--target ${name}: there is none; --list has them`);
    return found;
  });
}
