import type { Call, Endpoint } from '../../calls/call.ts';
import { podNames, quote } from '../../calls/kfl.ts';

/** Calls from this caller to this server, in KFL, as far as it can tell them. */
export function callsBetween(call: Call, ...further: readonly string[]): string {
  return [side('src', call.src), side('dst', call.dst), ...further]
    .filter((part) => part !== '')
    .join(' && ');
}

/** Calls from this workload, in KFL. */
export function callsFrom(call: Call, ...further: readonly string[]): string {
  return [side('src', call.src), ...further].filter((part) => part !== '').join(' && ');
}

/** Calls to this workload, in KFL. */
export function callsTo(call: Call, ...further: readonly string[]): string {
  return [side('dst', call.dst), ...further].filter((part) => part !== '').join(' && ');
}

/** Calls on one side of which is this workload of the cluster. */
export function workloadFilter(side: 'src' | 'dst', name: string): string {
  const pods = quote(podNames(name));
  return `(${side}.service.name == ${quote(name)} || ${side}.pod.name.matches(${pods}))`;
}

function side(name: 'src' | 'dst', { workload, ip }: Endpoint): string {
  if (workload.kind === 'service' || workload.kind === 'owner') {
    return workloadFilter(name, workload.name);
  }
  return ip === undefined ? '' : `${name}.ip == ${quote(ip)}`;
}
