import type { Call, Endpoint } from '../../calls/call.ts';
import { quote } from '../../calls/kfl.ts';
import { kflOf, type Wanted } from './kfl.ts';

/** The filter for the calls from this caller to this server, in KFL, as far as it can tell them. */
export function callsBetween(call: Call, ...further: readonly string[]): string {
  return joined(
    kflOf({ protocol: call.protocol, ...server(call), ...caller(call) }),
    call,
    further,
  );
}

/** The filter for the calls from this caller. */
export function callsFrom(call: Call, ...further: readonly string[]): string {
  return joined(kflOf({ protocol: call.protocol, ...caller(call) }), call, further);
}

/** The filter for the calls to this server. */
export function callsTo(call: Call): string {
  return kflOf({ protocol: call.protocol, ...server(call) });
}

function server({ dst }: Call): Wanted {
  return isNamed(dst) ? { callee: dst.workload.name } : { address: dst.ip };
}

function caller({ src }: Call): Wanted {
  return isNamed(src) ? { caller: src.workload.name } : {};
}

function isNamed({ workload }: Endpoint): boolean {
  return workload.kind === 'service' || workload.kind === 'owner';
}

/** A sender without a name is told by its address. */
function joined(filter: string, { src }: Call, further: readonly string[]): string {
  const address = isNamed(src) || src.ip === undefined ? '' : `src.ip == ${quote(src.ip)}`;
  return [filter, address, ...further].filter(Boolean).join(' && ');
}
