import { workloadOf } from '../../calls/operation.ts';
import type { Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';
import { isQuantile } from '../latency/finding.ts';
import type { OperationPair } from '../pairs.ts';
import { isTransaction, opensTransaction } from '../work-kinds.ts';

/**
 * Where an operation's transaction is no more, or is new, so is its end; and each write takes the time in
 * which the store makes it last, which before took the end of the transaction.
 */
export function nameTransactionCauses(
  findings: readonly Finding[],
  { pairs }: { readonly pairs: readonly OperationPair[] },
): Finding[] {
  const pairOf = new Map(pairs.map((pair) => [pair.operation, pair]));
  const methodOf = ({ path = '' }: Finding) => pairOf.get(path)?.family.method ?? '';
  const opened = findings.filter((finding) => opensTransaction(methodOf(finding)));
  const lost = opened.filter(
    ({ rule, severity }) => rule === 'call.missing' && severity !== 'info',
  );
  return findings.map((finding) => {
    if (finding.causedBy !== undefined || opened.includes(finding)) return finding;
    const cause = isTransaction(methodOf(finding))
      ? opened.find((one) => isSameChange(one, finding))
      : lost.find((one) => isWriteOf(storeOf(one), finding));
    return cause ? { ...finding, causedBy: findingId(cause) } : finding;
  });

  function isWriteOf(store: string, { rule, operation }: Finding): boolean {
    const family = pairOf.get(operation)?.family;
    return isQuantile(rule) && family?.workload === store && family.mutation;
  }
}

function isSameChange(opened: Finding, end: Finding): boolean {
  return (
    opened.rule === end.rule &&
    opened.operation === end.operation &&
    storeOf(opened) === storeOf(end) &&
    Math.sign(opened.effect ?? 0) === Math.sign(end.effect ?? 0)
  );
}

function storeOf({ path = '' }: Finding): string {
  return workloadOf(path);
}
