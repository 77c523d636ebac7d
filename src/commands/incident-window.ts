import { UsageError } from '../support/errors.ts';
import { iso } from '../support/quantity.ts';
import type { Window } from './capture-window.ts';
import type { CommandIO } from './command.ts';
import type { Inputs } from './options.ts';
import type { SymptomTimes } from './symptom-times.ts';

/** Where nothing says since when: so much of what was last. */
const USUAL_MS = 30 * 60_000;
/** Before it was seen it had begun, and before that all was well: so much is read. */
const LEAD_MS = 15 * 60_000;
/** Of a symptom that is told since long ago, its beginning is read. */
const MOST_AFTER_MS = 45 * 60_000;

/**
 * The time to look into: as the options say, else around what the symptom says, else the last half
 * hour; Unix ms. Throws UsageError where the options contradict each other.
 */
export function incidentWindow(
  inputs: Pick<Inputs, 'start' | 'end' | 'window' | 'since'>,
  times: SymptomTimes,
  now: number,
): Window {
  const since = inputs.since ?? times.since;
  const until = inputs.end ?? times.until;
  if (since === undefined) {
    const end = until ?? now;
    return checked({ start: inputs.start ?? end - (inputs.window ?? USUAL_MS), end });
  }
  const end = until ?? Math.min(now, since + (inputs.window ?? MOST_AFTER_MS));
  return checked({ start: inputs.start ?? since - LEAD_MS, end });
}

function checked(window: Window): Window {
  if (window.start < window.end) return window;
  throw new UsageError(
    `the incident would begin at ${iso(window.start)}, which is not before its end, ${iso(window.end)}`,
    { hint: 'give --start and --end, or --since' },
  );
}

/**
 * The part of capture files to look into, where the options say; Unix ms. Throws UsageError where they
 * contradict each other.
 */
export function fileWindow(
  { start, end, window }: Pick<Inputs, 'start' | 'end' | 'window'>,
  io: Pick<CommandIO, 'progress'>,
): Partial<Window> {
  if (start !== undefined && end !== undefined) return checked({ start, end });
  if (window === undefined) return definedOf({ start, end });
  if (start !== undefined) return { start, end: start + window };
  if (end !== undefined) return { start: end - window, end };
  io.progress.note('--window alone cuts no capture file: all of it is looked into');
  return {};
}

/** Says which options only Kubeshark can heed. */
export function noteUnheeded(
  { namespace, workload, kfl }: Pick<Inputs, 'namespace' | 'workload' | 'kfl'>,
  io: Pick<CommandIO, 'progress'>,
): void {
  for (const [name, value] of Object.entries({ namespace, workload, kfl })) {
    if (value === undefined) continue;
    io.progress.warn(`--${name} is for asking Kubeshark: all of a capture file is read`);
  }
}

/** Warns of a beginning that was not captured. */
export function warnOutside(
  since: number | undefined,
  { start, end }: Window,
  io: Pick<CommandIO, 'progress'>,
): void {
  if (since === undefined || (since >= start && since <= end)) return;
  io.progress.warn(
    `it is said to be seen since ${iso(since)}, which lies outside of the capture (${iso(start)} to ${iso(end)}): the whole capture is looked into`,
  );
}

function definedOf({ start, end }: { start: number | undefined; end: number | undefined }) {
  return { ...(start !== undefined && { start }), ...(end !== undefined && { end }) };
}
