import type { Call, Endpoint } from '../calls/call.ts';
import { byCodeUnit } from '../support/json.ts';

/**
 * Names a workload alike on both sides of a call. The source of a call often lacks the service that
 * the destination has, so names that one pod bears are one group. Undefined: not a workload that
 * could handle calls (outside or unknown).
 */
export function workloadGroups(calls: readonly Call[]): (endpoint: Endpoint) => string | undefined {
  const leader = new Map<string, string>();
  const find = (name: string): string => {
    let root = name;
    for (let up = leader.get(root); up !== undefined && up !== root; up = leader.get(root)) {
      root = up;
    }
    leader.set(name, root);
    return root;
  };
  const union = (a: string, b: string) => {
    const [first, second] = [find(a), find(b)].sort(byCodeUnit) as [string, string];
    if (first !== second) leader.set(second, first);
  };
  const ofPod = new Map<string, string>();
  for (const endpoint of new Set(calls.flatMap(({ src, dst }) => [src, dst]))) {
    const name = nameOf(endpoint);
    if (name === undefined || endpoint.pod === undefined) continue;
    const pod = `${endpoint.namespace ?? ''}\n${endpoint.pod}`;
    const other = ofPod.get(pod);
    if (other === undefined) ofPod.set(pod, name);
    else if (other !== name) union(other, name);
  }
  return (endpoint) => {
    const name = nameOf(endpoint);
    return name === undefined ? undefined : find(name);
  };
}

function nameOf({ workload }: Endpoint): string | undefined {
  return workload.kind === 'unknown' || workload.kind === 'outside' ? undefined : workload.name;
}
