import { attemptsOf, retriesOf } from '../failures/retries.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { Factor } from '../investigation.ts';

/** Calls that are made again and again where one was enough: they add to the load of what is in trouble. */
export function retryFactors({ names, good, bad }: IncidentCase, onset?: number): Factor[] {
  const [before, after] = [attemptsOf(good), attemptsOf(bad)];
  return [...after.keys()]
    .sort((a, b) => a - b)
    .flatMap((operation): Factor[] => {
      const retries = retriesOf(before.get(operation), after.get(operation));
      const name = names.operations[operation];
      if (!retries || !name) return [];
      return [
        {
          kind: 'retries',
          ...(onset !== undefined && { at: onset }),
          workload: names.workloads[name.workload] as string,
          summary: `Callers ask ${name.operation} ${retries.after.toFixed(1)} times a handled call instead of ${retries.before.toFixed(1)}.`,
        },
      ];
    });
}
