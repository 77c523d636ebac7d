import { isIP } from 'node:net';
import type { Call, Endpoint } from '../../calls/call.ts';
import { byCodeUnit } from '../../support/json.ts';

/** The filter travels in an address, and servers in front of the Hub take no more than 8 kB of that. */
const maxLength = 3_000;

export interface ConnectionFilter {
  /** In the language of BPF; empty where no address is known. */
  readonly expression: string;
  readonly connections: number;
  /** Connections that it has no room for. */
  readonly leftOut: number;
}

/**
 * What selects the packets of these calls' connections, both directions: addresses and ports of both
 * ends, as far as they are known. Addresses come from traffic: what is none does not get in.
 */
export function connectionFilter(calls: readonly Call[]): ConnectionFilter {
  const pairs = new Map<string, Set<string>>();
  for (const { src, dst } of calls) {
    const pair = pairOf(src, dst);
    if (pair === undefined) continue;
    const ports = pairs.get(pair) ?? new Set();
    pairs.set(pair, ports.add(portOf(src) ?? ''));
  }
  const parts: string[] = [];
  let length = 0;
  let leftOut = 0;
  let connections = 0;
  for (const [pair, ports] of [...pairs].sort(([a], [b]) => byCodeUnit(a, b))) {
    const part = `(${pair}${portsClause([...ports].sort(byCodeUnit))})`;
    length += part.length + ' or '.length;
    if (length > maxLength) leftOut += ports.size;
    else {
      parts.push(part);
      connections += ports.size;
    }
  }
  return { expression: parts.join(' or '), connections, leftOut };
}

function pairOf(src: Endpoint, dst: Endpoint): string | undefined {
  const hosts = [src.ip, dst.ip].filter((ip) => ip !== undefined && isIP(ip) > 0);
  const port = portOf(dst);
  if (hosts.length === 0) return undefined;
  return [...hosts.map((ip) => `host ${ip}`), ...(port ? [`port ${port}`] : [])].join(' and ');
}

function portOf({ port }: Endpoint): string | undefined {
  const real = port !== undefined && Number.isInteger(port) && port > 0 && port < 65_536;
  return real ? String(port) : undefined;
}

/** The clients' ports; nothing where one of them is not known, since then any may be it. */
function portsClause(ports: readonly string[]): string {
  if (ports.includes('')) return '';
  const clauses = ports.map((port) => `port ${port}`);
  return clauses.length === 1 ? ` and ${clauses[0]}` : ` and (${clauses.join(' or ')})`;
}
