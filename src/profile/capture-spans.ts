import type { Call } from '../calls/call.ts';
import { GAP_ROLES, type GapRole, type SpanState } from '../calls/span-gaps.ts';
import type { Json } from '../support/json.ts';
import { KeptNames, MAX_NAME } from './kept-names.ts';
import { count, list, text } from './schema/json-read.ts';

const MAX_KEYS = 256;
const MAX_KEY = 2 * MAX_NAME + 32;

/** How many spans of a kind around calls were there, and how many are known to be missing. */
export interface SpanCount {
  there: number;
  lost: number;
}

/** Whose spans: of what a workload handled, of calls that it took, or of who was called. */
export interface SpansOf extends Readonly<SpanCount> {
  readonly role: GapRole;
  readonly workload: string;
}

/** What traces tell of spans that are missing, by workload. Mergeable. */
export class Spans {
  readonly #counts = new KeptNames<SpanCount>(MAX_KEYS, none);

  get known(): readonly SpansOf[] {
    return this.#counts.entries().map(([key, counts]) => {
      const [role, workload] = JSON.parse(key) as [GapRole, string];
      return { role, workload, ...counts };
    });
  }

  observe({ spans, src, dst }: Call): void {
    if (!spans) return;
    const whose = { handled: src.workload.name, caller: dst.workload.name, callee: spans.peer };
    for (const role of GAP_ROLES) {
      const [state, workload] = [spans[role], whose[role]];
      if (state && workload !== undefined) this.#count(role, workload, state);
    }
  }

  merge(other: Spans): void {
    for (const [key, theirs] of other.#counts.entries()) {
      const ours = this.#counts.at(key);
      if (!ours) continue;
      ours.there += theirs.there;
      ours.lost += theirs.lost;
    }
  }

  toJSON(): Json {
    return this.known.map(({ role, workload, there, lost }) => [role, workload, there, lost]);
  }

  /** Throws RangeError on anything that `toJSON` can't have written. */
  static fromJSON(json: Json | undefined): Spans {
    const spans = new Spans();
    for (const entry of list(json, MAX_KEYS)) {
      const [role, workload, there, lost] = list(entry, 4);
      if (!GAP_ROLES.some((known) => known === role)) throw new RangeError('not a role of spans');
      const counts = spans.#counts.at(keyOf(role as GapRole, text(workload, MAX_KEY)));
      if (counts) Object.assign(counts, { there: count(there), lost: count(lost) });
    }
    return spans;
  }

  #count(role: GapRole, workload: string, state: SpanState): void {
    const counts = this.#counts.at(keyOf(role, workload));
    if (counts) counts[state]++;
  }
}

function none(): SpanCount {
  return { there: 0, lost: 0 };
}

function keyOf(role: GapRole, workload: string): string {
  return JSON.stringify([role, workload]);
}
