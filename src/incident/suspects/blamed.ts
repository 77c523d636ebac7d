import type { End } from './faults.ts';
import type { Side } from './side.ts';

/** Failing calls that began with one workload. */
export interface Blamed {
  /** Calls that are waited for and fail because of it, beyond what is usual. */
  failed: number;
  /** … by the operation waited for. */
  readonly at: Map<number, number>;
  /** Where they end: the deepest failing call of each. */
  readonly rows: number[];
  /** Of those: without an answer, never made, answered with something that the caller fails on, and answered too late. */
  unanswered: number;
  unmade: number;
  /** Of those never made, the ones to a callee that was called again later. */
  pausing: number;
  unusable: number;
  late: number;
  /** Operations that it gives up on sooner than it used to. */
  readonly impatient: Set<number>;
  /** Of `rows`, its calls that are rejected as nobody else's are, and the operations that do so. */
  rejected: number;
  readonly rejectedBy: Set<number>;
  /** Its callers in the calls that were never made, or that fail on its answer. */
  readonly callers: Set<number>;
  /** All that may have begun with it, of which `failed` is its part, and with whom else it may: it fails before a call to it, or gets none from it. */
  requests: number;
  readonly either: Set<number>;
  /** Of `rows`, those that may as well have begun with another. */
  undecided: number;
}

/** The workloads that failing calls are laid to. */
export class BlamedWorkloads {
  readonly all = new Map<number, Blamed>();
  readonly #bad: Side;

  constructor(bad: Side) {
    this.#bad = bad;
  }

  /** Lays a part (0…1) of a failing call to a workload, as the call `shows`. */
  give({ row, amount }: End, to: number, part: number, shows: number): Blamed {
    const { traffic, entry } = this.#bad;
    const blamed = this.#of(to);
    blamed.failed += amount * part;
    blamed.requests += amount;
    const waited = traffic.operation[entry[row] as number] as number;
    blamed.at.set(waited, (blamed.at.get(waited) ?? 0) + amount * part);
    blamed.rows.push(shows);
    return blamed;
  }

  #of(workload: number): Blamed {
    let blamed = this.all.get(workload);
    if (!blamed) {
      blamed = {
        failed: 0,
        at: new Map(),
        rows: [],
        unanswered: 0,
        unmade: 0,
        pausing: 0,
        unusable: 0,
        late: 0,
        impatient: new Set(),
        rejected: 0,
        rejectedBy: new Set(),
        callers: new Set(),
        requests: 0,
        either: new Set(),
        undecided: 0,
      };
      this.all.set(workload, blamed);
    }
    return blamed;
  }
}
