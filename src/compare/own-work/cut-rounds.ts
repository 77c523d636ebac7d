import { isServiceProtocol } from '../../calls/protocol-kind.ts';
import type { Finding } from '../finding.ts';
import type { SideName, Sides } from '../sides.ts';
import { isTransaction } from '../work-kinds.ts';
import { missing } from './findings.ts';
import { type AccountedCalls, type CallsTo, isSteadilyOwn, NEARLY_ALL } from './own-calls.ts';

/** Rounds of a job, and of them those in which it wrote. */
const LEAST = 20;
const EACH = 0.9;
/** A job may come so much less often. */
const SELDOMER = 2;

/**
 * Writes that a job made in each of its rounds, and no longer makes while the rounds go on: a poll of what
 * is queued in a store that takes nothing off it any more. What shows a round is that it reads there.
 */
export function cutRounds(
  workload: string,
  mine: readonly AccountedCalls[],
  slots: Sides<readonly number[]>,
  timeRatio: number,
): Finding[] {
  const isOfJob = (edge: AccountedCalls, side: SideName) =>
    isSteadilyOwn(edge, side, NEARLY_ALL, slots);
  return mine.flatMap((edge) => {
    const { family } = edge.pair;
    if (edge.cand > 0 || edge.base < LEAST || !writes(edge) || !isOfJob(edge, 'base')) return [];
    const round = mine.find(
      (other) =>
        other.pair.family.workload === family.workload &&
        !other.pair.family.mutation &&
        isInStep(other, edge) &&
        other.cand >= Math.max(LEAST, (other.base * timeRatio) / SELDOMER) &&
        isOfJob(other, 'base') &&
        isOfJob(other, 'cand'),
    );
    if (!round) return [];
    const { base, cand, pair } = round;
    const beside = { operation: pair.operation, base, cand, unit: 'calls' } as const;
    return [missing(workload, edge, mine, [beside], timeRatio, undefined)];
  });
}

function writes({ pair: { family } }: CallsTo): boolean {
  return family.mutation && !isServiceProtocol(family.protocol) && !isTransaction(family.method);
}

function isInStep(one: Sides<number>, other: Sides<number>): boolean {
  return Math.min(one.base, other.base) >= EACH * Math.max(one.base, other.base);
}
