import type { IncidentCase } from '../incident-case.ts';
import type { Factor } from '../investigation.ts';

/** Differences of form that break readers, one factor an operation. */
export function payloadFactors({ comparison, names, bad }: IncidentCase): Factor[] {
  const rows = new Map<string, number>();
  const altered = comparison.findings.filter(
    ({ category, severity }) => category === 'schema-change' && severity === 'breaking',
  );
  const shown = new Set(altered.flatMap(({ evidence }) => evidence.map(({ callId }) => callId)));
  if (shown.size === 0 && altered.length === 0) return [];
  for (let row = 0; row < bad.size; row++) {
    const id = bad.id(row);
    if (shown.has(id) && !rows.has(id)) rows.set(id, row);
  }
  const workloads = new Map(
    names.operations.map(({ operation, workload }) => [operation, names.workloads[workload]]),
  );
  return [...Map.groupBy(altered, ({ operation }) => operation)].map(([operation, findings]) => {
    const times = findings
      .flatMap(({ evidence }) => evidence)
      .filter(({ side }) => side === 'candidate')
      .flatMap(({ callId }) => rows.get(callId) ?? [])
      .map((row) => bad.ts[row] as number);
    const workload = workloads.get(operation);
    const [first] = findings;
    const more = findings.length > 1 ? ` And ${findings.length - 1} more like it.` : '';
    return {
      kind: 'payload' as const,
      ...(times.length > 0 && { at: Math.min(...times) }),
      ...(workload !== undefined && { workload }),
      summary: `${operation}: ${first?.summary ?? ''}${more}`,
    };
  });
}
