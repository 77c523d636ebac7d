import type { IncidentCase } from '../incident-case.ts';
import type { Factor } from '../investigation.ts';
import type { Traffic } from '../traffic.ts';

/** A pod that served so few calls says nothing by being gone. */
const LEAST_CALLS = 5;
/** A pod is gone that serves nothing in the last part of the incident. */
const LAST_PART = 0.3;

/** Workloads of which new pods serve, and whose old ones don't any more: they were rolled out. */
export function deploymentFactors({ names, good, bad }: IncidentCase): Factor[] {
  const before = podsOf(good);
  const after = podsOf(bad);
  const late = bad.end - (bad.end - bad.start) * LAST_PART;
  return [...after].flatMap(([workload, pods]): Factor[] => {
    const old = before.get(workload);
    if (!old || names.outside.has(workload)) return [];
    const added = [...pods].filter(([pod]) => !old.has(pod));
    const gone = [...old].filter(
      ([pod, { calls }]) => calls >= LEAST_CALLS && !((pods.get(pod)?.last ?? 0) >= late),
    );
    if (added.length === 0 || gone.length === 0) return [];
    const name = names.workloads[workload] as string;
    const at = Math.min(...added.map(([, { first }]) => first));
    return [
      {
        kind: 'deployment',
        at,
        workload: name,
        summary: `${name} was rolled out: ${podsIn(added, names.pods)} took over from ${podsIn(gone, names.pods)}.`,
      },
    ];
  });
}

interface Served {
  readonly first: number;
  last: number;
  calls: number;
}

function podsOf({ size, callee, pod, ts }: Traffic): Map<number, Map<number, Served>> {
  const workloads = new Map<number, Map<number, Served>>();
  for (let row = 0; row < size; row++) {
    const at = pod[row] as number;
    if (at < 0) continue;
    const workload = callee[row] as number;
    const pods = workloads.get(workload) ?? new Map<number, Served>();
    workloads.set(workload, pods);
    const time = ts[row] as number;
    const served = pods.get(at);
    if (!served) pods.set(at, { first: time, last: time, calls: 1 });
    else {
      served.last = time;
      served.calls++;
    }
  }
  return workloads;
}

const MOST_NAMED = 3;

function podsIn(pods: readonly (readonly [number, Served])[], names: readonly string[]): string {
  const named = pods.slice(0, MOST_NAMED).map(([pod]) => names[pod] as string);
  return pods.length > MOST_NAMED
    ? `${named.join(', ')} and ${pods.length - MOST_NAMED} more`
    : named.join(', ');
}
