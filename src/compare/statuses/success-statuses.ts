import type { OperationStats } from '../../profile/operation-stats.ts';
import type { CompareOptions, FamilyResult } from '../family-result.ts';
import type { Evidence, Finding, Severity } from '../finding.ts';
import { NOT_MODIFIED } from '../not-modified.ts';
import type { OperationPair } from '../pairs.ts';
import { type Share, type Support, weigh } from '../schema/share.ts';
import { isNearlyAll, isUsual, type Surge, surgeOf } from '../schema/surge.ts';
import { isTold, onEvidence } from '../schema/weight.ts';
import { shareShift } from '../share-shift.ts';
import { count } from '../words.ts';

const PROTOCOLS: ReadonlySet<string> = new Set(['http', 'https', 'http2']);
/** What callers are ready for by themselves: an answer to a conditional request, or to a part of it. */
const OF_THE_REQUEST: ReadonlySet<string> = new Set([NOT_MODIFIED, '206']);
const VALIDATORS = ['if-none-match', 'if-modified-since'];

interface Answered {
  readonly all: number;
  readonly statuses: ReadonlyMap<
    string,
    { readonly count: number; readonly ids: readonly string[] }
  >;
}

/**
 * Statuses of success and redirection that calls were answered with and no longer are (204 in place
 * of 200), or newly are, among the calls that did not fail; that it is not modified, among those that
 * ask. A share that shifts is a finding where what was rare is usual now.
 */
export function compareSuccessStatuses(
  pairs: readonly OperationPair[],
  { minSamples }: CompareOptions,
): FamilyResult {
  const support: Support = { minSamples, scale: { base: 1, cand: 1 } };
  const findings = pairs
    .filter(({ family }) => PROTOCOLS.has(family.protocol))
    .flatMap((pair) => {
      const stale = notModified(pair, support);
      const base = answered(pair.base);
      const cand = answered(pair.cand);
      if (Math.min(base.all, cand.all) < minSamples) return stale;
      const names = new Set([...base.statuses.keys(), ...cand.statuses.keys()]);
      const judged = [...names].sort().map((status) => judge(pair, status, base, cand, support));
      return [...stale, ...judged.flat()];
    });
  return { findings, notChecked: [] };
}

function answered({ statuses }: OperationStats): Answered {
  const told = statuses.filter(
    ([status]) => /^[23]\d\d$/.test(status) && !OF_THE_REQUEST.has(status),
  );
  return {
    all: told.reduce((sum, [, stats]) => sum + stats.count, 0),
    statuses: new Map(
      told.map(([status, stats]) => [status, { count: stats.count, ids: stats.examples.ids }]),
    ),
  };
}

/** That who asks whether what he has is current gets all of it, each time. */
function notModified({ operation, base, cand }: OperationPair, support: Support): Finding[] {
  const before = revalidated(base);
  const after = revalidated(cand);
  if (Math.min(before.all, after.all) < support.minSamples || after.some > 0) return [];
  const weight = weigh(before, after, support);
  if (!isTold(weight)) return [];
  return [
    {
      rule: 'schema.status-removed',
      category: 'schema-change',
      ...onEvidence('warning', weight),
      operation,
      path: `status ${NOT_MODIFIED}`,
      summary: `Never answers ${NOT_MODIFIED} any more, in ${after.all} calls that ask whether it changed; before in ${count(before.some, before.all)}.`,
      baseline: before.some,
      candidate: after.some,
      ...shareShift(before, after),
      evidence: examples([statusOf(base)?.examples], 'baseline'),
    },
  ];
}

/** Of the calls that ask whether something changed, those that were answered that it did not. */
function revalidated(stats: OperationStats): Share {
  const asked = VALIDATORS.map((name) => stats.request.headers.get(name)?.count ?? 0);
  return { some: statusOf(stats)?.count ?? 0, all: Math.max(...asked) };
}

function statusOf({ statuses }: OperationStats) {
  return statuses.find(([status]) => status === NOT_MODIFIED)?.[1];
}

function judge(
  pair: OperationPair,
  status: string,
  base: Answered,
  cand: Answered,
  support: Support,
): Finding[] {
  const before: Share = { some: base.statuses.get(status)?.count ?? 0, all: base.all };
  const after: Share = { some: cand.statuses.get(status)?.count ?? 0, all: cand.all };
  const surge = surgeOf(before, after, support);
  const weight = surge?.weight ?? weigh(before, after, support);
  if (!isTold(weight) || (!surge && before.some > 0 && after.some > 0)) return [];
  const gone = after.some === 0;
  const others = [...cand.statuses.keys()].join(' or ');
  return [
    {
      rule: gone ? 'schema.status-removed' : 'schema.status-added',
      category: 'schema-change',
      ...onEvidence(gone ? ofGone(before) : ofCome(after, isReplaced(base, cand), surge), weight),
      operation: pair.operation,
      path: `status ${status}`,
      summary: gone
        ? `Never answers ${status} any more, but ${others}; before in ${count(before.some, before.all)} calls that did not fail.`
        : `Answers ${status} in ${count(after.some, after.all)} calls that did not fail; ${surge ? `before in ${count(before.some, before.all)}` : 'never before'}.`,
      baseline: before.some,
      candidate: after.some,
      ...shareShift(before, after),
      evidence: [
        ...examples(gone ? cand.statuses.values() : [cand.statuses.get(status)], 'candidate'),
        ...examples([base.statuses.get(status)], 'baseline'),
      ],
    },
  ];
}

/** Where it was one answer of several, its case may not have been exercised. */
function ofGone(before: Share): Severity {
  return isNearlyAll(before) ? 'breaking' : 'info';
}

function ofCome(after: Share, isInPlace: boolean, surge: Surge | undefined): Severity {
  if (isInPlace || !isUsual(after)) return 'info';
  return surge && !surge.atMost ? 'breaking' : 'warning';
}

/** Whether what nearly all were answered with is gone: what is told of the others is the same. */
function isReplaced(base: Answered, cand: Answered): boolean {
  return [...base.statuses].some(
    ([status, { count: some }]) =>
      isNearlyAll({ some, all: base.all }) && !cand.statuses.has(status),
  );
}

function examples(
  answers: Iterable<{ readonly ids: readonly string[] } | undefined>,
  side: Evidence['side'],
): Evidence[] {
  return [...answers].flatMap((answer) => (answer?.ids ?? []).map((callId) => ({ callId, side })));
}
