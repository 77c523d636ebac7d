import type { Call } from '../calls/call.ts';
import type { ChildCall } from './fanout-child.ts';

/** Own time (ms): latency minus the time in which any child was under way; undefined without a response. */
export function selfTime(parent: Call, children: readonly ChildCall[]): number | undefined {
  if (parent.latency === undefined) return undefined;
  const end = parent.ts + parent.latency;
  let own = parent.latency;
  let covered = parent.ts;
  for (const { call } of children.toSorted((a, b) => a.call.ts - b.call.ts)) {
    const from = Math.max(covered, call.ts);
    const to = Math.max(from, Math.min(end, call.ts + (call.latency ?? 0)));
    own -= to - from;
    covered = to;
  }
  return Math.max(0, own);
}
