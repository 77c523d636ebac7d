import { UsageError } from '../support/errors.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';

/** Finds when an incident began, where, how it spread and why. */
export async function run(_inputs: Inputs, _io: CommandIO): Promise<Outcome> {
  throw new UsageError('investigate is being built');
}
