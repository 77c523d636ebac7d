/** What a resolver's search list, or a cluster's domain, puts behind a name. */
const DOMAIN = /^(?:\.[a-z0-9-]+)?(?:\.svc)?(?:\.[a-z0-9.-]+\.(?:local|internal))?$/;
const LOOKUP = / (?:A|AAAA) (\S+)$/;

/** The name whose address a call in plain form asks for. */
export function nameAskedFor(target: string): string | undefined {
  return LOOKUP.exec(target)?.[1];
}

/** Whether a name is that of a workload or host, as clients put it to a resolver. */
export function isNameOf(name: string, workload: string): boolean {
  return name.startsWith(workload) && DOMAIN.test(name.slice(workload.length));
}
