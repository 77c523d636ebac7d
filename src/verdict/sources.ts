import type { CaptureProblem } from '../calls/observation.ts';
import { SOURCE_KINDS } from '../calls/source-kinds.ts';
import type { CaptureStats } from '../profile/capture-stats.ts';

type Sources = Pick<CaptureStats, 'sources'>;

/** That the candidate is of another kind than the baseline, so that each shows and names what the other doesn't. */
export function sourceProblems(cand: Sources, base: Sources): CaptureProblem[] {
  if (cand.sources.size === 0 || base.sources.size === 0) return [];
  if (likes(cand) === likes(base)) return [];
  const message =
    `it is ${inWords(cand)}, and the baseline ${inWords(base)}: each kind names who calls whom ` +
    'its own way and shows what the other does not, so their differences say nothing of the ' +
    'deployment; capture both in the same way';
  return [{ code: 'other-source', message }];
}

/** What was not judged, because captures of this kind don't show it. */
export function unseenReasons(base: Sources, cand: Sources): string[] {
  return [...new Set([...base.sources, ...cand.sources])]
    .map((kind) => SOURCE_KINDS[kind].unseen)
    .filter((reason) => reason !== undefined)
    .sort();
}

function likes({ sources }: Sources): string {
  const kinds = [...sources].map((kind) => SOURCE_KINDS[kind].like ?? kind);
  return [...new Set(kinds)].sort().join();
}

function inWords({ sources }: Sources): string {
  return [...sources]
    .map((kind) => SOURCE_KINDS[kind].name)
    .sort()
    .join(' and ');
}
