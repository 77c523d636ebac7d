import { UsageError } from '../support/errors.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';

/** Serves captures, verdicts and investigations to assistants. */
export async function run(_inputs: Inputs, _io: CommandIO): Promise<Outcome> {
  throw new UsageError('mcp is being built');
}
