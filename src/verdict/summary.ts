import type { CaptureProblem } from '../calls/observation.ts';
import type { CaptureStats } from '../profile/capture-stats.ts';
import { largestSkew } from './clock-skew.ts';
import { longestSilence } from './holes.ts';
import type { CaptureSummary } from './judgement.ts';

/** A capture as the judgement shows it. */
export function summarise(
  stats: CaptureStats,
  problems: readonly CaptureProblem[],
): CaptureSummary {
  const { calls, duplicates, badRecords, start, end, bodies } = stats;
  const skew = largestSkew(stats);
  return {
    calls,
    duplicates,
    badRecords,
    start,
    end,
    bodies: { whole: bodies.whole + bodies.binary, cut: bodies.cut, redacted: bodies.redacted },
    silence: longestSilence(stats) ?? null,
    clockSkew: skew ? { ms: Number(skew.ms.toFixed(1)), nodes: skew.nodes } : null,
    problems,
  };
}
