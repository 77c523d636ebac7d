import { partsOf } from '../commands/option-values.ts';
import type { OptionName } from '../commands/options.ts';
import { UsageError } from '../support/errors.ts';

/**
 * What a client asked for an option, where that keeps to what the server was started with: of names
 * a part, of a filter nothing. Throws UsageError.
 */
export function withinScope(name: OptionName, asked: string, started: string | undefined): string {
  if (started === undefined) return asked;
  if (name === 'kfl' && asked !== started) {
    throw new UsageError('kfl: this server was started with a filter of its own, which stays');
  }
  if (name === 'namespace' || name === 'workload') {
    const allowed = partsOf(started);
    const other = partsOf(asked).find((one) => !allowed.includes(one));
    if (other !== undefined) {
      throw new UsageError(`${name} ${other}: this server was started for ${started} alone`);
    }
  }
  return asked;
}
