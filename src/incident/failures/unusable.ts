import type { Finding } from '../../compare/finding.ts';
import { mostOften } from '../../support/most-often.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { RowsBy } from '../rows-by.ts';

/** Share of the failing calls that must have had such an answer. */
const MOSTLY = 0.75;

/**
 * The callee, if any, whose answers look other than before (a schema finding of its responses) and
 * that calls which fail by themselves had called last of such: they can't use what it answers.
 */
export function unusableCallee(
  rows: readonly number[],
  { bad }: IncidentCase,
  made: RowsBy,
  altered: ReadonlySet<number>,
): { readonly operation: number; readonly calls: number } | undefined {
  if (altered.size === 0 || rows.length === 0) return undefined;
  const last = new Map<number, number>();
  for (const row of rows) {
    const callee = [...made.rows(row)]
      .map((child) => bad.operation[child] as number)
      .findLast((operation) => altered.has(operation));
    if (callee !== undefined) last.set(callee, (last.get(callee) ?? 0) + 1);
  }
  const most = mostOften(last);
  return most && most[1] >= MOSTLY * rows.length
    ? { operation: most[0], calls: most[1] }
    : undefined;
}

/** Operations whose responses break by their form or size. */
export function alteredAnswers({ comparison, names }: IncidentCase): ReadonlySet<number> {
  const indices = new Map(names.operations.map(({ operation }, i) => [operation, i]));
  const altered = comparison.findings.filter(
    (finding) =>
      finding.category === 'schema-change' &&
      finding.severity !== 'info' &&
      finding.path?.startsWith('response') &&
      !wasUsual(finding),
  );
  return new Set(altered.flatMap(({ operation }) => indices.get(operation) ?? []));
}

const REMOVED = new Set(['schema.body-removed', 'schema.field-removed']);

/** Whether answers lacked it at times before too, as a cache that misses does: who reads them copes with that. */
function wasUsual({ rule, effect }: Finding): boolean {
  return REMOVED.has(rule) && effect !== null && effect > -1;
}
