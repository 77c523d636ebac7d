import type { CommandIO } from '../../src/commands/command.ts';
import { NOTHING } from '../../src/commands/config/config.ts';
import { toInputs } from '../../src/commands/inputs.ts';
import type { Inputs, OptionName } from '../../src/commands/options.ts';
import type { Verb } from '../../src/commands/verbs.ts';
import { silent } from '../../src/support/progress.ts';

/** What a face lends a command, with what it printed and noted. */
export function commandIO(): { io: CommandIO; printed: string[]; noted: string[] } {
  const printed: string[] = [];
  const noted: string[] = [];
  const note = (line: string) => void noted.push(line);
  const io: CommandIO = {
    out: (text) => void printed.push(text),
    progress: { ...silent, note, warn: note },
    signal: AbortSignal.timeout(600_000),
    env: process.env,
  };
  return { io, printed, noted };
}

/** Inputs as the command line would give them. */
export function inputsOf(
  verb: Verb,
  given: Partial<Record<OptionName, string>>,
  captures: readonly string[] = [],
): Inputs {
  const texts = new Map(Object.entries(given) as [OptionName, string][]);
  return toInputs(verb, { given: texts, captures, env: {}, config: NOTHING });
}
