import { UsageError } from '../support/errors.ts';
import type { CommandIO, Outcome } from './command.ts';
import type { Inputs } from './options.ts';

/** Watches traffic: judges every interval as it ends, alerts, learns. */
export async function run(_inputs: Inputs, _io: CommandIO): Promise<Outcome> {
  throw new UsageError('monitor is not wired yet');
}
