import type { IncidentCase } from '../incident-case.ts';
import type { CascadeStep } from '../investigation.ts';
import type { Suspect } from '../suspect.ts';

/** What a cause beside the first must explain of the symptom, and its score, to be told as another one. */
const EXPLAINS = 0.1;
const LEAST_SCORE = 0.05;

/** Causes that none of the others explains, best first, and by which edges they spread; each edge once. */
export function cascadesOf(
  named: readonly Suspect[],
  { names }: IncidentCase,
  from: (suspect: Suspect) => CascadeStep[],
): { readonly causes: readonly Suspect[]; readonly cascade: CascadeStep[] } {
  const causes: Suspect[] = [];
  const steps: CascadeStep[] = [];
  const onTheWay = new Set<string>();
  for (const suspect of named) {
    const { workload, score, explains } = suspect;
    const beside = causes.length > 0;
    if (beside && (explains < EXPLAINS || score < LEAST_SCORE)) continue;
    // What one of them passes on is no cause of its own, nor is what passes on one of them.
    if (onTheWay.has(names.workloads[workload] ?? '')) continue;
    const spread = from(suspect);
    const reached = spread.map(({ to }) => to.workload);
    if (causes.some((cause) => reached.includes(names.workloads[cause.workload] ?? ''))) continue;
    causes.push(suspect);
    steps.push(...spread);
    for (const workloadReached of reached) onTheWay.add(workloadReached);
  }
  const seen = new Set<string>();
  const cascade = steps.filter((step) => {
    const key = JSON.stringify([step.from, step.to]);
    return seen.size < seen.add(key).size;
  });
  return { causes, cascade };
}
