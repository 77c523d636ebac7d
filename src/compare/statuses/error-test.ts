import { NO_RESPONSE, type OperationStats } from '../../profile/operation-stats.ts';
import type { OperationPair } from '../pairs.ts';
import { dispersionOf } from '../stats/dispersion.ts';
import { fisherExactGreater } from '../stats/exact.ts';
import { stretchesOf } from '../stretches.ts';
import { isNoSuchName, type StatusKind, statusKind } from './status-kind.ts';

/** One error status of one operation. */
export interface ErrorTest {
  readonly pair: OperationPair;
  readonly status: string;
  readonly kind: 'client' | 'server';
  readonly base: number;
  readonly cand: number;
  /** How many times the variance of independent calls the status's share has, over time or over subjects. */
  readonly dispersion: number;
  /** p-value of 'no larger share than before'; the same if calls failed independently. */
  readonly pValue: number;
  readonly independent: number;
}

/** The error statuses that the candidate's calls of an operation have. */
export function errorTests(pair: OperationPair): ErrorTest[] {
  const base = new Map(pair.base.statuses);
  return pair.cand.statuses.flatMap(([status, { count: cand }]): ErrorTest[] => {
    const kind = kindOf(pair, status);
    if (kind !== 'client' && kind !== 'server') return [];
    const before = base.get(status)?.count ?? 0;
    const dispersion = Math.max(
      dispersionOf(stretchesOf(pair.base, withStatus(pair.base, status))),
      dispersionOf(stretchesOf(pair.cand, withStatus(pair.cand, status))),
      ...repeats(pair, status),
    );
    const chance = (worth: (count: number) => number) =>
      fisherExactGreater(
        { some: worth(cand), all: worth(pair.cand.count) },
        { some: worth(before), all: worth(pair.base.count) },
      );
    const pValue = chance((count) => Math.round(count / dispersion));
    const independent = chance((count) => count);
    return [{ pair, status, kind, base: before, cand, dispersion, pValue, independent }];
  });
}

function kindOf({ family: { protocol } }: OperationPair, status: string): StatusKind {
  if (status === NO_RESPONSE) return 'server';
  return isNoSuchName(protocol, status) ? 'client' : statusKind(protocol, status);
}

/** Calls with a status for each subject that met it, of each side. */
function repeats({ base, cand, subjects }: OperationPair, status: string): number[] {
  if (!subjects) return [];
  return [base, cand]
    .flatMap((side) => withStatus(side, status))
    .map(([, { count, response }]) => count / Math.min(count, response.subjects.size));
}

/** What is known of the calls with a status: one entry, or none. */
export function withStatus({ statuses }: OperationStats, status: string) {
  return statuses.filter(([name]) => name === status);
}
