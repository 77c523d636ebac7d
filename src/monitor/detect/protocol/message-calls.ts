import { type EvidenceCall, evidenceOf } from '../../../calls/evidence.ts';
import { hash32 } from '../../../support/hash.ts';
import type { SeenCall } from '../../detector.ts';

const MAX_KINDS = 4_000;
const MAX_CALLS = 48;

interface Kept {
  readonly hash: number;
  readonly call: EvidenceCall;
}

/**
 * Some calls of each operation and status: those with the smallest hashes, which the examples of a
 * schema are chosen by as well.
 */
export class MessageCalls {
  readonly #kept = new Map<string, Kept[]>();

  add({ call, operation }: SeenCall): void {
    const key = `${operation}\n${call.status ?? ''}`;
    let kept = this.#kept.get(key);
    if (!kept) {
      if (this.#kept.size >= MAX_KINDS) return;
      kept = [];
      this.#kept.set(key, kept);
    }
    const hash = hash32(call.id);
    if (kept.length >= MAX_CALLS && hash >= (kept.at(-1) as Kept).hash) return;
    const at = kept.findIndex((other) => other.hash > hash);
    kept.splice(at < 0 ? kept.length : at, 0, { hash, call: evidenceOf(call, operation) });
    if (kept.length > MAX_CALLS) kept.pop();
  }

  /** These calls of an operation, each with a note; at most five. */
  find(operation: string, ids: ReadonlySet<string>, note: string): EvidenceCall[] {
    const found: EvidenceCall[] = [];
    for (const [key, kept] of this.#kept) {
      if (!key.startsWith(`${operation}\n`)) continue;
      for (const { call } of kept) {
        if (ids.has(call.callId) && found.length < 5) found.push({ ...call, note });
      }
    }
    return found.sort((a, b) => a.ts - b.ts);
  }
}
