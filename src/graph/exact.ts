import type { Call } from '../calls/call.ts';
import type { Block } from './block.ts';
import { type Trace, traceOf } from './trace-headers.ts';

/** How far (ms) before its cause a call may seem to start, where a header names the cause. */
const CLOCK_SLACK = 1_000;
const MAX_CAUSES = 24;
/** From this share of matched calls on, a workload hands its trace on: another trace is another cause. */
const HANDS_ON = 0.5;

/** Causes told by headers: `narrowed` has the possible parents of the calls that headers speak of. */
export interface Exact {
  readonly narrowed: ReadonlyMap<number, readonly number[]>;
  /** Whether headers rule `parent` out as the cause of `child`. */
  readonly excluded: (parent: number, child: number) => boolean;
}

export function exactCauses(calls: readonly Call[], block: Block): Exact {
  const traces = calls.map((call) => traceOf(call.requestHeaders));
  const handledBy = indexHandled(block, traces);
  const narrowed = new Map<number, readonly number[]>();
  const handsOn = new Map<string, { seen: number; matched: number }>();
  for (let child = 0; child < block.size; child++) {
    const list = block.causes[child] as number;
    const trace = traces[child] as Trace;
    if (list < 0 || trace.ids.length === 0) continue;
    for (const id of trace.ids) {
      const key = `${list} ${kindOf(id)}`;
      const share = handsOn.get(key) ?? { seen: 0, matched: 0 };
      handsOn.set(key, share);
      share.seen++;
      const same = (handledBy.get(`${list} ${id}`) ?? []).filter((parent) =>
        couldCause(block, parent, child),
      );
      if (same.length === 0) continue;
      share.matched++;
      if (!narrowed.has(child)) narrowed.set(child, byCause(same, trace, traces));
    }
  }
  return {
    narrowed,
    excluded: (parent, child) => {
      const mine = traces[child] as Trace;
      const theirs = traces[parent] as Trace;
      if (mine.ids.length === 0 || theirs.ids.length === 0) return false;
      const list = block.causes[child] as number;
      return mine.ids.some((id) => {
        const kind = kindOf(id);
        const share = handsOn.get(`${list} ${kind}`);
        if (!share || share.matched < HANDS_ON * share.seen) return false;
        return theirs.ids.some((other) => kindOf(other) === kind && other !== id);
      });
    },
  };
}

function indexHandled(block: Block, traces: readonly Trace[]): Map<string, number[]> {
  const index = new Map<string, number[]>();
  for (const list of new Set(block.causes)) {
    if (list < 0) continue;
    for (const parent of block.handled[list] as Int32Array) {
      for (const id of (traces[parent] as Trace).ids) {
        const key = `${list} ${id}`;
        const known = index.get(key);
        if (known) known.push(parent);
        else index.set(key, [parent]);
      }
    }
  }
  return index;
}

function couldCause({ start }: Block, parent: number, child: number): boolean {
  return parent !== child && (start[parent] as number) <= (start[child] as number) + CLOCK_SLACK;
}

/** Of calls in the same trace, the one whose span is named as the cause; else the latest few. */
function byCause(same: number[], trace: Trace, traces: readonly Trace[]): readonly number[] {
  const named = same.filter((p) => trace.cause !== undefined && traces[p]?.span === trace.cause);
  return (named.length > 0 ? named : same).slice(-MAX_CAUSES).reverse();
}

function kindOf(id: string): string {
  return id.slice(0, id.indexOf(' '));
}
