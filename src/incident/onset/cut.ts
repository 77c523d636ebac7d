import { benjaminiHochberg } from '../../compare/stats/multiple.ts';
import type { Reading } from '../reading/reading.ts';
import { type CutCandidate, candidateOf } from './cut-candidate.ts';
import { cutSeries } from './cut-series.ts';

/** Chance that what is cut at is none, all that was looked at taken into account. */
const FALSE_ALARMS = 1e-4;
/** How much (ms) before the interval of the first sign known-good traffic ends, and before that sign at most. */
const MARGIN_MS = 1_000;
const MOST_BEFORE_MS = 5_000;
/** Less good time than this (ms, part of the capture, calls) is no measure: what changes then is starting up. */
const LEAST_GOOD_MS = 3_000;
const LEAST_GOOD_PART = 0.08;
const LEAST_GOOD_CALLS = 30;

/**
 * The moment (Unix ms) at which to cut a capture that holds good time and then an incident: a little
 * before the earliest lasting change for the worse that the evidence supports beyond doubt (errors, and
 * latencies far above those of before, go before small differences of latency); undefined where there
 * is none, or no good time before it.
 */
export function cutOf(reading: Reading): number | undefined {
  const enough = Math.min(reading.first + LEAST_GOOD_CALLS, reading.last) - 1;
  const { start, end } = reading;
  const earliest = Math.max(
    start + Math.max(LEAST_GOOD_MS, (end - start) * LEAST_GOOD_PART),
    reading.columns.ts[enough] ?? end,
  );
  const candidates = [...cutSeries(reading)].map((series) => candidateOf(series, reading));
  const adjusted = benjaminiHochberg(candidates.map((candidate) => candidate?.chance ?? 1));
  const found = candidates.filter(
    (candidate, i): candidate is CutCandidate =>
      candidate !== undefined &&
      (adjusted[i] as number) <= FALSE_ALARMS &&
      candidate.moment.at > earliest,
  );
  if (found.length === 0) return undefined;
  const plain = found.filter((candidate) => candidate.plain);
  const cuts = (plain.length > 0 ? plain : found).map(({ moment: { at, from } }) =>
    Math.max(earliest, from - MARGIN_MS, at - MOST_BEFORE_MS),
  );
  return Math.floor(cuts.reduce((a, b) => Math.min(a, b)));
}
