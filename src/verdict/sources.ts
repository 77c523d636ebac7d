import type { CaptureProblem, SourceKind } from '../calls/observation.ts';
import type { CaptureStats } from '../profile/capture-stats.ts';

type Sources = Pick<CaptureStats, 'sources'>;

const KINDS: Readonly<Record<SourceKind, string>> = {
  calls: 'calls of Kubeshark',
  har: 'HAR',
  packets: 'packets',
  traces: 'traces',
};

/** What no capture of a kind shows, however the service changed. */
const UNSEEN: Readonly<Partial<Record<SourceKind, string>>> = {
  har: 'HAR holds what one client asked: calls that services make behind it were not judged; packets or traces of the same run show them',
  traces:
    'traces hold no bodies, and of headers only what instrumentations were told to keep: lost fields and credentials were not judged; packets or HAR of the same run show them',
};

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
    .map((kind) => UNSEEN[kind])
    .filter((reason) => reason !== undefined)
    .sort();
}

/** Packets show what Kubeshark does, who dissects them. */
function likes({ sources }: Sources): string {
  const kinds = [...sources].map((kind) => (kind === 'packets' ? 'calls' : kind));
  return [...new Set(kinds)].sort().join();
}

function inWords({ sources }: Sources): string {
  return [...sources]
    .map((kind) => KINDS[kind])
    .sort()
    .join(' and ');
}
