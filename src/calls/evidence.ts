import type { Call } from './call.ts';
import { redactText } from './redact.ts';

/** One call that shows something; redacted, bounded. */
export interface EvidenceCall {
  readonly callId: string;
  readonly node?: string;
  /** Unix ms. */
  readonly ts: number;
  readonly caller: string;
  readonly operation: string;
  readonly status?: string;
  /** ms */
  readonly latency?: number;
  /** What of it shows it, in words. */
  readonly note?: string;
}

const MAX_NOTE = 300;
const MAX_STATUS = 64;

/** The call as evidence may show it. The note is redacted and cut. */
export function evidenceOf(call: Call, operation: string, note?: string): EvidenceCall {
  const { id, node, ts, src, status, latency } = call;
  return {
    callId: id,
    ...(node !== undefined && { node }),
    ts,
    caller: src.workload.name,
    operation,
    ...(status !== undefined && { status: redactText(status.slice(0, MAX_STATUS)) }),
    ...(latency !== undefined && { latency }),
    ...(note !== undefined && { note: redactText(note).slice(0, MAX_NOTE) }),
  };
}
