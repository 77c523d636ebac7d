import { workloadOf } from './pair.ts';

/** Who asked so many hosts the same asks whichever it is told: hooks of customers, say. */
const MANY = 8;
/** So many may be that, or be all there are. */
const SEVERAL = 3;

/** Whether a host is one of many that are asked the same, so that one more, or one less, is no news. */
export type OneOfMany = 'no' | 'perhaps' | 'yes';

export const PERHAPS_ONE_OF_MANY =
  'several hosts are asked the same, as where each customer names one, so which they are may follow the customers';

/** `targets`: what the caller asked, of whomever, in plain form. */
export function oneOfMany(callee: string, target: string, targets: Iterable<string>): OneOfMany {
  if (!isHost(callee)) return 'no';
  const asked = target.slice(callee.length);
  const hosts = new Set<string>();
  for (const known of targets) {
    const host = workloadOf(known);
    if (isHost(host) && known.slice(host.length) === asked) hosts.add(host);
  }
  if (hosts.size >= MANY) return 'yes';
  return hosts.size >= SEVERAL ? 'perhaps' : 'no';
}

/** A name with a domain is that of a host, outside as a rule. */
export function isHost(workload: string): boolean {
  return workload.includes('.');
}
