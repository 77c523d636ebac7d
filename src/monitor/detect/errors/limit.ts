import { binomialLower } from '../../../compare/stats/binomial.ts';
import { count, percent } from '../../../compare/words.ts';
import type { Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import type { Cells } from '../cells.ts';
import type { Ongoing } from '../ongoing.ts';
import { operationKfl } from '../operation-kfl.ts';
import { LIMIT } from './rules.ts';
import { WINDOWS } from './share-test.ts';
import { tallyOf } from './suffering.ts';

const LEVEL = 0.999;
const EVIDENCE = 5;

/** Operations that fail more often than a person allowed, by the lower bound of their share. */
export function aboveLimit(
  { view, settings }: Situation<unknown>,
  tallies: Cells,
  ongoing: Ongoing,
): readonly Signal[] {
  const limit = settings.limits.errorShare;
  if (limit === undefined) return [];
  return [...view.operations.values()].flatMap((measure): Signal[] => {
    const { operation, workload } = measure.name;
    if (measure.failures === 0) return [];
    const sums = WINDOWS.map((cells) =>
      cells === 1
        ? [...tallyOf(measure)]
        : tallies.sums(operation, view.slot, cells, tallyOf(measure)),
    );
    const enough = sums.find(([calls = 0]) => calls >= settings.minEvents);
    if (enough === undefined) return [];
    const [calls = 0, failures = 0] = enough;
    const low = binomialLower(failures, calls, LEVEL);
    const goesOn = ongoing.get(workload, view.slot) !== undefined;
    if ((goesOn ? failures / calls : low) <= limit) return [];
    return [
      {
        rule: LIMIT.id,
        subject: { workload, operation },
        severity: LIMIT.severity,
        summary: `${percent(failures / calls)} of the calls of ${operation} failed (${count(failures, calls)}); ${percent(limit)} are allowed`,
        since: view.slot.start,
        value: failures / calls,
        expected: limit,
        unit: 'ratio',
        interval: { low, high: 1, level: LEVEL },
        chance: 1 - LEVEL,
        events: failures,
        evidence: view.shown(operation).failed.slice(0, EVIDENCE),
        kfl: operationKfl(measure.name, { status: 'failed' }),
        checked: `${calls} calls against the limit that was set`,
      },
    ];
  });
}
