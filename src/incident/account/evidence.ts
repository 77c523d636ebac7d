import type { EvidenceCall } from '../../calls/evidence.ts';
import { redactText } from '../../calls/redact.ts';
import type { Names, Traffic } from '../traffic.ts';

const MOST = 10;
const MAX_STATUS = 64;

/** Calls of one side as evidence, at most ten; redacted, bounded. */
export function evidenceOfRows(
  rows: readonly number[],
  traffic: Traffic,
  names: Names,
  note?: string,
): EvidenceCall[] {
  return rows.slice(0, MOST).map((row) => {
    const status = traffic.status(row);
    const latency = traffic.latency[row] as number;
    return {
      callId: traffic.id(row),
      ts: traffic.ts[row] as number,
      caller: names.workloads[traffic.caller[row] as number] ?? '',
      operation: names.operations[traffic.operation[row] as number]?.operation ?? '',
      ...(status !== undefined && { status: redactText(status.slice(0, MAX_STATUS)) }),
      ...(!Number.isNaN(latency) && { latency }),
      ...(note !== undefined && { note }),
    };
  });
}
