import { workloadOf } from '../../calls/operation.ts';

/** Who asked so many hosts the same asks whichever it is told: hooks of customers, say. */
const MANY = 8;
/** So many may be that, or be all there are. */
const SEVERAL = 3;

/** Whether a host is one of many that are asked the same, so that one more, or one less, is no news. */
export type OneOfMany = 'no' | 'perhaps' | 'yes';

export const PERHAPS_ONE_OF_MANY =
  'several hosts are asked the same, as where each customer names one, so which they are may follow the customers';

/**
 * `before`, `now`: what the caller asked, of whomever, in plain form. What no host was asked before is
 * news, of however many hosts it is asked.
 */
export function oneOfMany(
  callee: string,
  target: string,
  before: Iterable<string>,
  now: Iterable<string> = [],
): OneOfMany {
  if (!isHost(callee)) return 'no';
  const hosts = hostsAsked(target.slice(callee.length), before);
  if (hosts.size >= MANY) return 'yes';
  if (hosts.size === 0) return 'no';
  for (const host of hostsAsked(target.slice(callee.length), now)) hosts.add(host);
  return hosts.size >= SEVERAL ? 'perhaps' : 'no';
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
