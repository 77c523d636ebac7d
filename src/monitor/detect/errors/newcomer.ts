import type { Stretch } from '../../../compare/stats/dispersion.ts';
import type { Situation } from '../../detector.ts';
import type { OperationMeasure } from '../../measure/operation-measure.ts';
import { DAY_MS, HOUR_MS } from '../../slot.ts';
import { isHealthCheck } from '../health-check.ts';
import { learnedHours } from '../learned-hours.ts';
import { type LearnedShare, learnedShare } from '../learned-share.ts';

/** What comes so long after a rollout came with it. */
const WITH_MS = HOUR_MS;
/** From this share on, who must log in first is no explanation. */
const NEARLY_ALL = 0.9;

/** What an operation that came with a rollout is compared with, while nothing is learned of itself. */
export interface Newcomer {
  /** Whose rollout, and its begin (Unix ms). */
  readonly workload: string;
  readonly rollout: number;
  /** What the other operations of its workload usually do. */
  readonly others: LearnedShare;
}

/** Undefined where an operation is known for a day, came with no rollout, or nothing was learned of others. */
export function newcomerOf(
  measure: OperationMeasure,
  situation: Situation<unknown>,
  stretchOf: (measure: OperationMeasure | undefined) => Stretch,
): Newcomer | undefined {
  const came = rolloutWith(measure, situation);
  const others = came && learnedShare(othersHours(measure, situation, stretchOf));
  return others && { ...came, others };
}

/**
 * Whether most of the rejected calls were asked who they are: where clients try first and log in then, or
 * people mistype their passwords, many are, but not all.
 */
export function isChallenged({ name, calls, rejections, statuses }: OperationMeasure): boolean {
  const challenged = statuses.get(name.protocol === 'grpc' ? '16' : '401');
  return challenged * 2 >= rejections && rejections < NEARLY_ALL * calls;
}

function rolloutWith(
  { name: { operation, workload }, callers }: OperationMeasure,
  { view: { slot }, normal, rollouts }: Situation<unknown>,
): Pick<Newcomer, 'workload' | 'rollout'> | undefined {
  const first = normal.operation(operation)?.first ?? slot.start;
  if (first < slot.start - DAY_MS || first < (normal.since ?? first) + DAY_MS) return undefined;
  const interval = slot.end - slot.start + 1;
  for (const one of [workload, ...callers.entries().map(([caller]) => caller)]) {
    const rollout = rollouts(one).findLast(
      (began) => first >= began - interval && first <= began + WITH_MS,
    );
    if (rollout !== undefined) return { workload: one, rollout };
  }
  return undefined;
}

function othersHours(
  { name: { operation, workload } }: OperationMeasure,
  { view, normal }: Situation<unknown>,
  stretchOf: (measure: OperationMeasure | undefined) => Stretch,
): Stretch[] {
  const hours = new Map<number, Stretch>();
  for (const { name } of view.operations.values()) {
    if (name.workload !== workload || name.operation === operation) continue;
    if (isHealthCheck(name.operation)) continue;
    for (const { start, measure } of learnedHours(normal, name.operation)) {
      const { some, all } = stretchOf(measure);
      const hour = hours.get(start) ?? { some: 0, all: 0 };
      hours.set(start, { some: hour.some + some, all: hour.all + all });
    }
  }
  return [...hours].sort(([a], [b]) => a - b).map(([, hour]) => hour);
}
