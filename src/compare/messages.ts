import { isServiceProtocol } from '../calls/protocol-kind.ts';
import type { CompareOptions, FamilyResult } from './family-result.ts';
import type { Finding, NotChecked } from './finding.ts';
import { headersOfSeveral } from './headers/constant.ts';
import type { OperationPair } from './pairs.ts';
import { comparePayload } from './payload.ts';
import { compareMessages, type MessagePair } from './schema/index.ts';
import { errorsToldAsSuccess } from './schema/told-as-success.ts';
import { givesMessages } from './waiting.ts';

const INSERTS: ReadonlySet<string> = new Set(['INSERT', 'REPLACE', 'MERGE']);

/** Requests, and responses status by status, of every operation that both sides handled. */
export function compareMessagesOf(
  pairs: readonly OperationPair[],
  options: CompareOptions,
): FamilyResult {
  const { minSamples, thresholds } = options;
  const findings: Finding[] = [];
  const notChecked: NotChecked[] = [];
  const add = (pair: MessagePair) => {
    for (const result of [compareMessages(pair), comparePayload(pair)]) {
      findings.push(...result.findings);
      notChecked.push(...result.notChecked);
    }
  };
  const several = headersOfSeveral(pairs);
  for (const pair of pairs) {
    const { operation, family, base, cand } = pair;
    if (base.count === 0 || cand.count === 0) continue;
    const published = givesMessages(pair) && { published: true };
    const stored = !isServiceProtocol(family.protocol) && { stored: true };
    const inserts = INSERTS.has(family.method) && { inserts: true };
    const requests = { base: base.request, cand: cand.request };
    add({ operation, side: 'request', ...published, ...stored, ...requests, several, minSamples });
    findings.push(...errorsToldAsSuccess(pair, options));
    const after = new Map(cand.statuses);
    for (const [status, stats] of base.statuses) {
      const now = after.get(status);
      if (!now) continue;
      add({
        operation,
        side: 'response',
        status,
        ...inserts,
        base: stats.response,
        cand: now.response,
        minSamples,
        ...(thresholds && { thresholds }),
      });
    }
  }
  return { findings, notChecked };
}
