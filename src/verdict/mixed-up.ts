import type { CaptureStats } from '../profile/capture-stats.ts';
import { iso } from '../support/quantity.ts';

type Span = Pick<CaptureStats, 'calls' | 'start' | 'end'>;

/** That the captures look as if one was given twice, or each in the other's place; empty where they don't. */
export function mixedUpReasons(base: Span, cand: Span): string[] {
  if (base.start === null || cand.start === null || cand.end === null) return [];
  if (base.start === cand.start && base.end === cand.end && base.calls === cand.calls) {
    return [
      'both captures hold as many calls of the same time: was one given twice? compared with itself it shows no difference',
    ];
  }
  if (cand.end >= base.start) return [];
  return [
    `the candidate ends at ${iso(cand.end)}, before the baseline begins, at ${iso(base.start)}: were they given the wrong way round? then what is told as new is what is gone`,
  ];
}
