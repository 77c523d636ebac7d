import type { EvidenceCall } from '../../calls/evidence.ts';
import type { Shape } from '../../incident/failure.ts';
import type {
  CascadeStep,
  Investigation,
  Onset,
  TimelineEntry,
} from '../../incident/investigation.ts';
import type { CauseKind } from '../../incident/suspect.ts';
import { byteWords, lasting, milliseconds, shareWords } from '../monitor/quantities.ts';
import { counted, grouped } from '../words.ts';
import type { Times } from './times.ts';

/** What every rendering of an investigation says the same way; plain text, not escaped for any format. */

export const KIND_WORDS: Readonly<Record<CauseKind, string>> = {
  slow: 'spends more time itself',
  failing: 'fails by itself',
  unreachable: 'does not answer',
  network: 'the way to it is slow',
  connections: 'out of connections',
  payload: "answers what its callers can't use",
};

export const SHAPE_WORDS: Readonly<Record<Shape, string>> = {
  origin: 'fails while all that it calls is well',
  carrier: 'passes on what it called',
  timeout: 'callers give up at the same time each time',
  waiting: 'waits before it calls anything',
  'pool-exhausted': 'waits, then too many connections',
  refused: 'nothing takes the connection',
  queueing: 'answers later the more is in flight',
};

const GOOD_WORDS: Readonly<Record<Investigation['knownGood']['origin'], string>> = {
  given: 'as given',
  'before-onset': 'before the onset',
  found: 'found to be quiet',
};

export const EFFECT_WORDS: Readonly<Record<CascadeStep['effect'], string>> = {
  errors: 'errors',
  latency: 'latency',
  both: 'errors and latency',
};

/** Names of what a symptom is taken to mean that are told; the JSON has all. */
const MAX_UNDERSTOOD = 6;

/** What the words of a symptom were taken for. */
export function understoodWords({ understood }: Investigation['symptom']): string {
  if (understood.length === 0)
    return 'none of its words names what was seen: all of it is looked at';
  const told = understood.slice(0, MAX_UNDERSTOOD).join(', ');
  const left = understood.length - MAX_UNDERSTOOD;
  return `understood: ${told}${left > 0 ? ` and ${left} more` : ''}`;
}

/** The operation, which names its workload, or the workload. */
export function placeWords(place: {
  readonly workload: string;
  readonly operation?: string;
}): string {
  return place.operation ?? place.workload;
}

/** What happened, where its place stands beside it: without the name that the sentence begins with. */
export function summaryBeside({ summary, workload, operation }: TimelineEntry): string {
  const name = `${operation ?? workload}: `;
  return summary.startsWith(name) ? summary.slice(name.length) : summary;
}

/** "Origin: inventory", or that there is none to name. */
export function headlineOf({ abstained, rootCauses: [first] }: Investigation): string {
  return abstained || !first ? 'Not enough evidence' : `Origin: ${first.workload}`;
}

/** "between 14:28:02 and 14:28:04 UTC": where the onset lies with 95 %; "to the second" where it is that sure. */
export function precision({ from, to }: { from: number; to: number }, times: Times): string {
  return times.clock(from) === times.clock(to)
    ? 'to the second'
    : `between ${times.clock(from)} and ${times.clock(to)} UTC`;
}

/**
 * "between 14:28:02 and 14:28:04 UTC", or that it may be older than the traffic: where known-good
 * traffic does not end where the incident's begins, nothing was seen before the first calls.
 */
export function onsetPrecision(
  onset: Onset,
  { window, knownGood }: Investigation,
  times: Times,
): string {
  const unseen = onset.from < window.start && knownGood.origin !== 'before-onset';
  return unseen ? 'or before: the first calls show it' : precision(onset, times);
}

/** "2026-11-23 14:28:03 UTC (…), between … and …; over after 10 min". */
export function onsetWords(onset: Onset, investigation: Investigation, times: Times): string {
  const when = onsetPrecision(onset, investigation, times);
  return `${times.both(onset.at)}, ${when}; ${endWords(onset)}`;
}

/** "over after 10 min", "it lasts". */
export function endWords({ at, until }: Onset): string {
  return until === undefined ? 'it lasts' : `over after ${lasting(until - at)}`;
}

/** "12.4 % of users' requests failed or were slow (1.1 % before)". */
export function impactWords({ impact }: Investigation): string {
  return `${shareWords(impact.after)} of users' requests failed or were slow (${shareWords(impact.before)} before)`;
}

/** "errors, 1,188 of 1,201 calls". */
export function stepWords({ effect, calls, of }: CascadeStep): string {
  return `${EFFECT_WORDS[effect]}, ${grouped(calls)} of ${counted(of, 'call')}`;
}

/** "known good: 14:20:03 to … (before the onset), 16,904 calls". */
export function knownGoodWords({ knownGood }: Investigation, times: Times): string {
  const { start, end, calls, linked, origin } = knownGood;
  return `${times.both(start)} to ${times.clock(end)} UTC, ${GOOD_WORDS[origin]}: ${counted(calls, 'call')}, ${grouped(linked)} of them linked`;
}

/** "at 2026-11-23 14:40:03 UTC: 34 pairs of workloads, 1.2 GB in all"; nothing where none were asked for. */
export function flowWords({ flows }: Investigation, times: Times): string | undefined {
  if (!flows) return undefined;
  const { at, pairs, totalBytes, truncated } = flows;
  const more = truncated ? ', and more than the Hub lists' : '';
  return `at ${times.both(at)}: ${counted(pairs, 'pair')} of workloads${more}, ${byteWords(totalBytes)} in all`;
}

/** "2026-11-23 14:20:03 UTC (…) to …: 48,210 calls, 31,877 of them linked". */
export function windowWords({ window }: Investigation, times: Times): string {
  const { start, end, calls, linked } = window;
  return `${times.both(start)} to ${times.both(end)}: ${counted(calls, 'call')}, ${grouped(linked)} of them linked`;
}

/** "14:28:04 UTC, from checkout, 503, 5,003 ms, timeout …". */
export function callWords(call: EvidenceCall, times: Times): string {
  const { ts, caller, operation, status, latency, note } = call;
  return [
    `${times.clock(ts)} UTC`,
    `${caller} → ${operation}`,
    status,
    latency === undefined ? undefined : milliseconds(latency),
    note,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** "118 ms → 5,020 ms". */
export function p95Words({
  before,
  after,
}: {
  before: number | null;
  after: number | null;
}): string {
  const told = (value: number | null) => (value === null ? '–' : milliseconds(value));
  return `${told(before)} → ${told(after)}`;
}

/** "87 %"; what is not certain is never 100 %. */
export function sureWords(share: number): string {
  const percent = Math.round(share * 100);
  return percent === 100 && share < 1 ? '> 99 %' : `${percent} %`;
}
