import { workloadOf } from '../../calls/operation.ts';
import type { Doubt } from '../doubt.ts';
import type { Destinations } from './destinations.ts';

/** Who asked so many hosts the same asks whichever it is told: hooks of customers, say. */
const MANY = 8;
/** So many may be that, or be all there are. */
const SEVERAL = 3;

const PERHAPS: Doubt = {
  undecided:
    'several hosts are asked the same, as where each customer names one, so which they are may follow the customers',
};

/**
 * That a host is one of many that are asked the same, so that one more, or one less, is no news. What
 * no host was asked before is news, of however many hosts it is asked.
 */
export function oneOfMany(
  caller: string,
  target: string,
  before: Destinations,
  now: Destinations = before,
): Doubt | undefined {
  const callee = workloadOf(target);
  if (!isHost(callee)) return undefined;
  const hosts = hostsAsked(target.slice(callee.length), before.targetsOf(caller));
  if (hosts.size >= MANY) return {};
  if (hosts.size === 0) return undefined;
  for (const host of hostsAsked(target.slice(callee.length), now.targetsOf(caller)))
    hosts.add(host);
  return hosts.size >= SEVERAL ? PERHAPS : undefined;
}

function hostsAsked(what: string, targets: Iterable<string>): Set<string> {
  const hosts = new Set<string>();
  for (const target of targets) {
    const host = workloadOf(target);
    if (isHost(host) && target.slice(host.length) === what) hosts.add(host);
  }
  return hosts;
}

/** A name with a domain is that of a host, outside as a rule. */
export function isHost(workload: string): boolean {
  return workload.includes('.');
}
