import type { Place } from '../change.ts';
import type { IncidentCase } from '../incident-case.ts';
import { rowsBy } from '../rows-by.ts';
import type { Traffic } from '../traffic.ts';

/** A place, with its calls on both sides. */
export interface PlaceRows {
  readonly place: Place;
  readonly good: Int32Array;
  readonly bad: Int32Array;
  /** The edge that all calls of the operation are on, where there is only one. */
  readonly alike?: Place;
}

/** All operations, edges and workloads that either side saw; an edge that is all of its operation is told there. */
export interface Places {
  readonly operations: readonly PlaceRows[];
  readonly edges: readonly PlaceRows[];
  readonly workloads: readonly PlaceRows[];
  /** All calls of one workload to another; `operation` is not told. */
  readonly pairs: readonly PlaceRows[];
}

export function placesOf({ names, good, bad }: IncidentCase): Places {
  const { operations, workloads } = names;
  const many = workloads.length;
  const workloadOf = (operation: number) => operations[operation]?.workload ?? -1;
  const called = grouped(good, bad, ({ operation, caller }, row) =>
    keyOf(operation[row] as number, caller[row] as number, many),
  ).map(({ key, ...rows }): PlaceRows => {
    const operation = Math.floor(key / many);
    return { place: { workload: workloadOf(operation), operation, caller: key % many }, ...rows };
  });
  const edges = Map.groupBy(called, ({ place }) => place.operation);
  return {
    operations: grouped(good, bad, ({ operation }, row) => operation[row] as number).map(
      ({ key, ...rows }): PlaceRows => {
        const [only, ...more] = edges.get(key) ?? [];
        const alike = only && more.length === 0 && sameRows(only, rows) ? only.place : undefined;
        const place = { workload: workloadOf(key), operation: key };
        return { place, ...rows, ...(alike && { alike }) };
      },
    ),
    edges: called.filter((edge) => (edges.get(edge.place.operation)?.length ?? 0) > 1),
    workloads: grouped(good, bad, ({ callee }, row) => callee[row] as number).map(
      ({ key, ...rows }): PlaceRows => ({ place: { workload: key }, ...rows }),
    ),
    pairs: grouped(good, bad, ({ callee, caller }, row) =>
      keyOf(callee[row] as number, caller[row] as number, many),
    ).map(
      ({ key, ...rows }): PlaceRows => ({
        place: { workload: Math.floor(key / many), caller: key % many },
        ...rows,
      }),
    ),
  };
}

function keyOf(of: number, caller: number, many: number): number {
  return of < 0 || caller < 0 ? -1 : of * many + caller;
}

function sameRows(a: Sides, b: Sides): boolean {
  return a.good.length === b.good.length && a.bad.length === b.bad.length;
}

interface Sides {
  readonly good: Int32Array;
  readonly bad: Int32Array;
}

/** The rows of both sides by a key (none where it is negative), in order of the keys. */
function grouped(
  good: Traffic,
  bad: Traffic,
  keyOfRow: (traffic: Traffic, row: number) => number,
): (Sides & { readonly key: number })[] {
  const numbers = new Map<number, number>();
  const numbered = (traffic: Traffic) => {
    const keys = new Int32Array(traffic.size);
    for (let row = 0; row < traffic.size; row++) {
      const key = keyOfRow(traffic, row);
      let number = key < 0 ? -1 : numbers.get(key);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(key, number);
      }
      keys[row] = number;
    }
    return keys;
  };
  const [goodKeys, badKeys] = [numbered(good), numbered(bad)];
  const [goodRows, badRows] = [rowsBy(goodKeys, numbers.size), rowsBy(badKeys, numbers.size)];
  return [...numbers]
    .sort(([a], [b]) => a - b)
    .map(([key, number]) => ({ key, good: goodRows.rows(number), bad: badRows.rows(number) }));
}
