import type { LoadOptions } from './load-profile.ts';
import type { Inputs } from './options.ts';

/** What of the inputs decides how files of calls are read, and how calls become a profile. */
export function profiling({ identity, redact, names }: Inputs): LoadOptions {
  return { identity, redact, names: names ?? [] };
}
