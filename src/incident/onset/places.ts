import type { Place } from '../change.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { Traffic } from '../traffic.ts';
import { type RowsBy, rowsBy } from './rows-by.ts';

/** A place, with its calls on both sides. */
export interface PlaceRows {
  readonly place: Place;
  readonly good: Int32Array;
  readonly bad: Int32Array;
}

/** All operations, edges and workloads that either side saw. */
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
  const numbered = new Map<number, number>();
  const edgeKeys: number[] = [];
  const edgeOf = (key: number) => {
    let number = numbered.get(key);
    if (number === undefined) {
      number = edgeKeys.push(key) - 1;
      numbered.set(key, number);
    }
    return number;
  };
  const edges = (traffic: Traffic) => {
    const keys = new Int32Array(traffic.size);
    for (let row = 0; row < traffic.size; row++) {
      const caller = traffic.caller[row] as number;
      const operation = traffic.operation[row] as number;
      keys[row] = caller < 0 || operation < 0 ? -1 : edgeOf(operation * many + caller);
    }
    return keys;
  };
  const pairs = (traffic: Traffic) => {
    const keys = new Int32Array(traffic.size);
    for (let row = 0; row < traffic.size; row++) {
      const caller = traffic.caller[row] as number;
      const callee = traffic.callee[row] as number;
      keys[row] = caller < 0 || callee < 0 ? -1 : callee * many + caller;
    }
    return keys;
  };
  const [goodEdges, badEdges] = [edges(good), edges(bad)];
  const workloadOf = (operation: number) => operations[operation]?.workload ?? -1;
  return {
    operations: both(
      rowsBy(good.operation, operations.length),
      rowsBy(bad.operation, operations.length),
      (operation) => ({ workload: workloadOf(operation), operation }),
    ),
    edges: both(rowsBy(goodEdges, edgeKeys.length), rowsBy(badEdges, edgeKeys.length), (edge) => {
      const operation = Math.floor((edgeKeys[edge] as number) / many);
      return {
        workload: workloadOf(operation),
        operation,
        caller: (edgeKeys[edge] as number) % many,
      };
    }).sort((a, b) => order(a.place) - order(b.place)),
    workloads: both(rowsBy(good.callee, many), rowsBy(bad.callee, many), (workload) => ({
      workload,
    })),
    pairs: both(rowsBy(pairs(good), many * many), rowsBy(pairs(bad), many * many), (pair) => ({
      workload: Math.floor(pair / many),
      caller: pair % many,
    })),
  };

  function order({ operation = 0, caller = 0 }: Place): number {
    return operation * many + caller;
  }
}

function both(good: RowsBy, bad: RowsBy, placeOf: (group: number) => Place): PlaceRows[] {
  return Array.from({ length: good.groups }, (_, group) => ({
    place: placeOf(group),
    good: good.rows(group),
    bad: bad.rows(group),
  })).filter((rows) => rows.good.length + rows.bad.length > 0);
}
