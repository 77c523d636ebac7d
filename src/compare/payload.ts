import type { MessageProfile } from '../profile/message.ts';
import { type FamilyResult, INTERVAL_LEVEL } from './family-result.ts';
import type { Finding } from './finding.ts';
import type { MessagePair } from './schema/index.ts';
import { evidence } from './schema/report.ts';
import { weigh } from './schema/share.ts';
import { quantileRatioInterval } from './stats/quantile.ts';
import { times } from './words.ts';

/** Data grows from run to run; so many times as much in the middle is another answer. */
const RATIO = 5;
/** Bytes that nobody waits for. */
const FLOOR = 8 * 1024;
const RARE = 0.05;
const WHOLE = { base: 1, cand: 1 };

/**
 * Messages that became many times as large: a limit or a filter that is gone, fields that are
 * embedded. Judged by the middle, where no single large answer counts.
 */
export function comparePayload(pair: MessagePair): FamilyResult {
  const { base, cand, minSamples, side } = pair;
  const [was, is] = [base.sizes, cand.sizes];
  if (Math.min(was.count, is.count) < minSamples) return { findings: [], notChecked: [] };
  const [before, after] = [was.quantile(0.5), is.quantile(0.5)];
  if (!(after >= RATIO * before) || after - before < FLOOR) return { findings: [], notChecked: [] };
  const large = Math.sqrt(before * after);
  const many = { some: is.countAbove(large), all: is.count };
  const weight = weigh({ some: 0, all: was.count }, many, { minSamples, scale: WHOLE });
  // That some were as large all along is another mix of answers.
  const mixed = was.countAbove(large) > RARE * was.count;
  const severity = weight === 'decided' && !mixed && side === 'response' ? 'breaking' : 'warning';
  return { findings: [finding(pair, before, after, severity)], notChecked: [] };
}

function finding(
  { operation, side, status, base, cand }: MessagePair,
  before: number,
  after: number,
  severity: Finding['severity'],
): Finding {
  const place = [side, status].filter(Boolean).join(' ');
  const examples = (message: MessageProfile) => message.witness.ids;
  return {
    rule: 'payload.size-increased',
    category: 'performance',
    severity,
    operation,
    path: `${place} size`,
    summary: `The middle size of ${place} rose from ${kilobytes(before)} to ${kilobytes(after)} (${times(after / before)}).`,
    baseline: Math.round(before),
    candidate: Math.round(after),
    effect: after / before,
    interval: quantileRatioInterval(base.sizes, cand.sizes, 0.5, INTERVAL_LEVEL),
    samples: { baseline: base.sizes.count, candidate: cand.sizes.count },
    evidence: [
      ...evidence(examples(cand), 'candidate', 'size'),
      ...evidence(examples(base), 'baseline', 'size'),
    ],
  };
}

function kilobytes(bytes: number): string {
  return `${Number((bytes / 1024).toPrecision(3))} kB`;
}
