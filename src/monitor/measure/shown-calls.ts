import type { Call } from '../../calls/call.ts';
import { type EvidenceCall, evidenceOf } from '../../calls/evidence.ts';
import type { CallEnding } from '../../compare/ending.ts';
import type { Shown } from './slot-view.ts';

const EACH = 3;
const MAX_CALLERS = 64;

/** A few calls that show what an operation did: the first that failed or tell of it, the slowest, some by caller. */
export class ShownCalls {
  readonly #failed: Call[] = [];
  readonly #told: Call[] = [];
  #slowest: Call[] = [];
  readonly #byCaller = new Map<string, Call[]>();

  observe(call: Call, ending: CallEnding): void {
    if (ending === 'told' && this.#told.length < EACH) this.#told.push(call);
    if (ending === 'failed' || ending === 'unanswered') {
      if (this.#failed.length < EACH) this.#failed.push(call);
    } else if (call.latency !== undefined) this.#noteSlow(call, call.latency);
    const caller = call.src.workload.name;
    const known = this.#byCaller.get(caller);
    if (known) {
      if (known.length < EACH) known.push(call);
    } else if (this.#byCaller.size < MAX_CALLERS) this.#byCaller.set(caller, [call]);
  }

  show(operation: string): Shown {
    const all = (calls: readonly Call[]): EvidenceCall[] =>
      calls.map((call) => evidenceOf(call, operation));
    return {
      failed: all(this.#failed),
      told: all(this.#told),
      slowest: all(this.#slowest),
      byCaller: new Map([...this.#byCaller].map(([caller, calls]) => [caller, all(calls)])),
    };
  }

  #noteSlow(call: Call, latency: number): void {
    const last = this.#slowest[EACH - 1];
    if (last && (last.latency ?? 0) >= latency) return;
    this.#slowest = [...this.#slowest, call]
      .sort((a, b) => (b.latency ?? 0) - (a.latency ?? 0))
      .slice(0, EACH);
  }
}
