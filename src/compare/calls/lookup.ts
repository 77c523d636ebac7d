import type { Family } from '../../calls/target.ts';

/** What a resolver's search list, or a cluster's domain, puts behind a name. */
const DOMAIN = /^(?:\.[a-z0-9-]+)?(?:\.svc)?(?:\.[a-z0-9.-]+\.(?:local|internal))?$/;
const LOOKUP = / (?<kind>A|AAAA) (?<name>\S+)$/;

/** A question to a resolver: when and how often it is asked, caches decide. */
export function isLookup({ protocol }: Pick<Family, 'protocol'>): boolean {
  return protocol === 'dns';
}

/** A question for an address. */
interface AddressLookup {
  /** Of the address: `A` or `AAAA`. */
  readonly kind: string;
  readonly name: string;
}

/** What a call in plain form asks for, where that is an address. */
export function lookupOf(target: string): AddressLookup | undefined {
  const { kind, name } = LOOKUP.exec(target)?.groups ?? {};
  return kind && name ? { kind, name } : undefined;
}

/** Whether a name is that of a workload or host, as clients put it to a resolver. */
export function isNameOf(name: string, workload: string): boolean {
  return name.startsWith(workload) && DOMAIN.test(name.slice(workload.length));
}
