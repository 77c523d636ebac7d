import { type CountedFamily, drawNames } from '../../compare/draw-names.ts';
import { PathTrie } from '../../profile/path-trie.ts';
import { familyKey } from '../../profile/profile.ts';
import { byCodeUnit } from '../../support/json.ts';
import { type Names, type OperationName, type Way, wayKey } from '../traffic.ts';
import type { Columns } from './columns.ts';
import type { Reading } from './reading.ts';

interface Counted {
  count: number;
}

/** How the numbers in a reading's columns translate into those of `Names`. */
export interface Numbering {
  readonly names: Names;
  /** By target, caller, pod and way of the columns. */
  readonly operation: ReadonlyMap<Columns, Int32Array>;
  readonly workload: ReadonlyMap<Columns, Int32Array>;
  readonly pod: ReadonlyMap<Columns, Int32Array>;
  readonly way: ReadonlyMap<Columns, Int32Array>;
}

/** Names what both readings saw, by path templates that are drawn from both together. */
export function namesOf(good: Reading, bad: Reading, hints: readonly string[] = []): Numbering {
  const all = [...new Set([good.columns, bad.columns])];
  const workloads = namesIn(all, workloadNames);
  const pods = namesIn(all, podNames);
  const ways = new Map(
    all.flatMap(({ ways: { values } }) => values.map((way) => [wayKey(way), way] as const)),
  );
  const wayKeys = [...ways.keys()].sort(byCodeUnit);
  const workloadIndex = indexOf(workloads);
  const name = drawNames(countedFamilies(good), countedFamilies(bad), hints);
  const { keys, operations } = operationsIn(all, name, workloadIndex);
  return {
    names: {
      operations: operations.map(([, operation]) => operation),
      workloads,
      outside: outsideOf(all, workloadIndex),
      pods,
      ways: wayKeys.map((key) => ways.get(key) as Way),
    },
    operation: translate(
      all,
      (columns) => keys.get(columns) ?? [],
      indexOf(operations.map(([key]) => key)),
    ),
    workload: translate(all, workloadNames, workloadIndex),
    pod: translate(all, podNames, indexOf(pods)),
    way: translate(all, ({ ways: { values } }) => values.map(wayKey), indexOf(wayKeys)),
  };
}

function workloadNames({ workloads: { values } }: Columns): string[] {
  return values.map(({ name }) => name);
}

function podNames({ pods: { values } }: Columns): readonly string[] {
  return values;
}

function namesIn(all: readonly Columns[], of: (columns: Columns) => readonly string[]): string[] {
  return [...new Set(all.flatMap(of))].sort(byCodeUnit);
}

/** The operations by their keys, in order, and the keys of each column's targets. */
function operationsIn(
  all: readonly Columns[],
  name: ReturnType<typeof drawNames>,
  workloads: ReadonlyMap<string, number>,
) {
  const found = new Map<string, OperationName>();
  const keyOf = (target: Columns['targets']['values'][number]): string => {
    const { workload, protocol, mutation } = target;
    const operation = name(target, target.segments);
    const key = `${operation}\n${familyKey(target)}`;
    if (!found.has(key)) {
      const index = workloads.get(workload) as number;
      found.set(key, { operation, workload: index, protocol, mutation });
    }
    return key;
  };
  const keys = new Map(all.map((columns) => [columns, columns.targets.values.map(keyOf)]));
  return { keys, operations: [...found].sort(([a], [b]) => byCodeUnit(a, b)) };
}

function countedFamilies({ columns, first, last }: Reading): CountedFamily<Counted>[] {
  const families = new Map<string, CountedFamily<Counted>>();
  const counts = new Int32Array(columns.targets.values.length);
  for (let row = first; row < last; row++) {
    const target = columns.target[row] as number;
    counts[target] = (counts[target] as number) + 1;
  }
  for (const [i, target] of columns.targets.values.entries()) {
    if (counts[i] === 0) continue;
    const key = familyKey(target);
    let family = families.get(key);
    if (!family) {
      family = { family: target, operations: new PathTrie(counted) };
      families.set(key, family);
    }
    family.operations.at(target.segments).count += counts[i] as number;
  }
  return [...families].sort(([a], [b]) => byCodeUnit(a, b)).map(([, family]) => family);
}

const counted = {
  create: (): Counted => ({ count: 0 }),
  merge: (into: Counted, from: Counted) => {
    into.count += from.count;
  },
};

/** What is outside the cluster wherever it was seen. */
function outsideOf(
  all: readonly Columns[],
  index: ReadonlyMap<string, number>,
): ReadonlySet<number> {
  const kinds = new Map<number, boolean>();
  for (const { workloads } of all) {
    for (const { name, kind } of workloads.values) {
      const at = index.get(name) as number;
      const outside = kind === 'outside' || kind === 'unknown' || kind === 'host';
      kinds.set(at, outside && (kinds.get(at) ?? true));
    }
  }
  return new Set([...kinds].filter(([, outside]) => outside).map(([at]) => at));
}

function indexOf(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, i) => [name, i]));
}

function translate(
  all: readonly Columns[],
  keysOf: (columns: Columns) => readonly string[],
  index: ReadonlyMap<string, number>,
): ReadonlyMap<Columns, Int32Array> {
  return new Map(
    all.map((columns) => [
      columns,
      Int32Array.from(keysOf(columns), (key) => index.get(key) ?? -1),
    ]),
  );
}
