import { isNameless } from '../../calls/workload.ts';
import type { NotChecked } from '../finding.ts';
import type { Sides } from '../sides.ts';
import { type Background, backgroundOf } from './background.ts';

const MOST_NAMED = 5;

/**
 * Callers of which packets tell no more than a class of addresses, where they call several workloads:
 * those may call each other, and nothing tells which of them made a call.
 */
export function unnamedCallers({ base, cand }: Sides<Background>): NotChecked[] {
  const callers = [...new Set([...base.keys(), ...cand.keys()])].filter(isNameless).sort();
  return callers.flatMap((caller): NotChecked[] => {
    const sides = [base, cand].map((side) => [...(side.get(caller)?.values() ?? [])]);
    const callees = new Set(
      sides.flat().flatMap(({ family }) => (isNameless(family.workload) ? [] : [family.workload])),
    );
    if (callees.size < 2) return [];
    const [baseline = 0, candidate = 0] = sides.map((calls) =>
      calls.reduce((sum, { stats }) => sum + stats.calls, 0),
    );
    const names = [...callees].sort();
    const told = `${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? ', …' : ''}`;
    const remedy =
      caller === 'loopback'
        ? 'give each service an address of its own (127.0.0.2, …) or record a network of containers'
        : 'name the addresses of the callers with --names';
    return [
      {
        operation: backgroundOf(caller),
        family: 'calls',
        reason: `packets do not tell who at ${caller} calls ${told}: which of them makes how many calls for what it handles was not judged; ${remedy}`,
        samples: { baseline, candidate },
      },
    ];
  });
}
