import type { Finding, Severity } from './finding.ts';
import { lightest } from './severity.ts';

/** Why what is found may be no break. */
export interface Doubt {
  /** It weighs no more; a warning where unsaid. */
  readonly atMost?: Severity;
  /** Told after what the finding says. */
  readonly words?: string;
  /** Why it is neither called a break nor cleared. */
  readonly undecided?: string;
}

/** A finding no heavier than its doubts let it be; it is undecided for the first reason that they give. */
export function doubted<T extends Omit<Finding, 'evidence'>>(
  finding: T,
  ...doubts: readonly (Doubt | false | undefined)[]
) {
  const all = doubts.filter((doubt) => doubt !== undefined && doubt !== false);
  const undecided = all.find((doubt) => doubt.undecided !== undefined)?.undecided;
  return {
    ...finding,
    severity: lightest(finding.severity, ...all.map(({ atMost = 'warning' }) => atMost)),
    summary: [finding.summary, ...all.flatMap(({ words }) => words ?? [])].join(' '),
    ...(undecided !== undefined && { undecided }),
  };
}
