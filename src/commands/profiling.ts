import type { ProfilerOptions } from '../profile/profiler.ts';
import type { Inputs } from './options.ts';

/** What of the settings decides how calls become a profile. */
export function profiling({ identity, redact }: Inputs): ProfilerOptions {
  return { identity, redact };
}
