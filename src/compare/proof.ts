import type { Call } from '../calls/call.ts';
import type { Target } from '../calls/target.ts';
import type { Finding } from './finding.ts';
import type { Pairing } from './pairs.ts';
import { schemasAt } from './schema/locate.ts';
import { offendingCalls } from './schema/offending-calls.ts';
import { withSecondOpinions } from './schema/second-opinion.ts';

/** Findings that calls are searched for: each validates a sample of bodies. */
const MOST = 50;

/**
 * Backs schema findings by two independent methods: json-schema-diff's opinion on the schemas, and
 * calls of the candidate's sample whose bodies ajv finds to break the baseline's schema just there.
 */
export async function proveSchemaFindings(
  findings: readonly Finding[],
  { pairs, name }: Pick<Pairing, 'pairs' | 'name'>,
  sample: Iterable<{ readonly call: Call; readonly target: Target }>,
): Promise<Finding[]> {
  const calls = new Map<string, Call[]>();
  for (const { call, target } of sample) {
    const operation = name(target, target.segments);
    const known = calls.get(operation);
    if (known) known.push(call);
    else calls.set(operation, [call]);
  }
  const byOperation = new Map(pairs.map((pair) => [pair.operation, pair]));
  let left = MOST;
  const proved: Finding[] = [];
  for (const finding of await withSecondOpinions(findings, pairs)) {
    const pair = byOperation.get(finding.operation);
    const field = finding.secondOpinion && finding.field;
    const schema = pair && field && schemasAt(pair, field).base;
    if (!schema || left-- <= 0) {
      proved.push(finding);
      continue;
    }
    const ofStatus = (calls.get(finding.operation) ?? []).filter(
      (call) => field.status === undefined || call.status === field.status,
    );
    const offending = await offendingCalls(schema, ofStatus, field);
    const known = new Set(offending.map(({ callId }) => callId));
    const rest = finding.evidence.filter(({ callId }) => !known.has(callId));
    proved.push({ ...finding, evidence: [...offending, ...rest] });
  }
  return proved;
}
