import { workloadOf } from '../../calls/operation.ts';
import type { Family } from '../../calls/target.ts';
import { isBackground } from '../calls/background.ts';
import type { Finding } from '../finding.ts';
import type { Pairing } from '../pairs.ts';
import { callsFrom, callsTo, ofTarget, withStatus } from './operation-filter.ts';

/** Callees that stand for one another in an order of calls. */
const ORDER = ' before ';

/**
 * Writes the KFL expression for the calls that a finding is about: of calls made, those to the callee;
 * of latency, the slow ones; of a status, those that ended so. Undefined where KFL can't tell them.
 */
export function findingFilters({
  pairs,
}: Pick<Pairing, 'pairs'>): (finding: Finding) => string | undefined {
  const families = new Map(pairs.map(({ operation, family }) => [operation, family]));
  return (finding) => {
    const { operation, path = '', rule } = finding;
    const family = families.get(operation);
    const parts = rule.startsWith('call.')
      ? madeBy(operation, path, families)
      : family && [...ofTarget(family, operation), ...narrowed(finding, family)];
    return parts && parts.length > 0 ? parts.join(' && ') : undefined;
  };
}

function madeBy(
  operation: string,
  path: string,
  families: ReadonlyMap<string, Family>,
): readonly string[] {
  const caller = isBackground(operation) || families.has(operation) ? workloadOf(operation) : '';
  const callees = path.split(ORDER);
  const targets = callees.map((callee) => {
    const family = families.get(callee);
    return family ? ofTarget(family, callee) : callsTo(callee);
  });
  const either = targets.map((parts) =>
    parts.length > 1 && targets.length > 1 ? `(${parts.join(' && ')})` : parts.join(' && '),
  );
  const called = either.filter((part) => part !== '');
  const some = called.length > 1 ? [`(${called.join(' || ')})`] : called;
  return [...callsFrom(caller), ...some];
}

function narrowed(
  { rule, path = '', field, baseline }: Finding,
  family: Family,
): readonly string[] {
  if (field?.status !== undefined) return withStatus(family.protocol, field.status);
  if (path.startsWith('status ')) return withStatus(family.protocol, path.slice('status '.length));
  // Kubeshark counts in microseconds.
  if (rule.startsWith('latency.') && typeof baseline === 'number' && baseline > 0) {
    return [`elapsed_time > ${Math.round(baseline * 1000)}`];
  }
  return [];
}
