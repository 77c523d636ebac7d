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

function side(name: 'src' | 'dst', { workload, ip }: Endpoint): string {
  if (workload.kind === 'service' || workload.kind === 'owner') {
    const pods = quote(podNames(workload.name));
    return `(${name}.service.name == ${quote(workload.name)} || ${name}.pod.name.matches(${pods}))`;
  }
  return ip === undefined ? '' : `${name}.ip == ${quote(ip)}`;
}
