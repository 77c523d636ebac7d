import { ms } from '../../compare/words.ts';
import type { Names, Way } from '../traffic.ts';
import { errorOf, meanOf, Sample, slotsOf } from './sample.ts';
import type { Side } from './side.ts';

/** Where calls between nodes take longer, whoever makes them. */
export interface SlowWay {
  /** Two between which they do; one where all that cross its border do. */
  readonly nodes: readonly string[];
  /** ms a call that crosses there, or makes such calls. */
  readonly ms: number;
}

/** What is to be said of it. */
export function slowWayWords({ nodes, ms: longer }: SlowWay): string {
  const [where, fault] =
    nodes.length > 1
      ? [`between the nodes ${nodes.join(' and ')}`, 'between these nodes, or one of them,']
      : [`from and to other nodes at ${nodes[0]}`, 'of this node, or the node itself,'];
  return `Calls ${where} take ${ms(longer)} longer, whoever makes them, and others do not: the network ${fault} is at fault (packets that get lost, a path that is full), and no workload.`;
}

/** Calls on both sides that a group needs to say anything. */
const FEW = 5;
/** Standard errors by which the calls on the way must take longer; of those without any one workload. */
const SURE = 4;
const SURE_WITHOUT = 3;
/** Of the added time, what calls elsewhere may have, and what must be left without any one workload. */
const ELSEWHERE = 0.25;
const WITHOUT = 0.15;
/** ms a call, at least. */
const LEAST_MS = 5;

/** Calls of one caller to one operation that cross alike: in themselves, or in what they call. */
interface Group {
  /** Workloads at the ends of what crosses; none where nothing does. */
  readonly ends: ReadonlySet<number>;
  readonly good: Sample;
  readonly bad: Sample;
}

interface Sum {
  readonly ms: number;
  readonly error: number;
  readonly calls: number;
}

/** Ways that may be slow together. */
interface Place {
  readonly nodes: readonly string[];
  readonly ways: ReadonlySet<number>;
}

/**
 * The two nodes between which calls take longer, or the one that they take longer to and from, where
 * calls elsewhere don't and no one workload is at an end of all of them: then the network there is at
 * fault. A call's time on the way is its own where its caller's node saw it, and its caller's where the
 * callee's did.
 */
export function slowWay(
  good: Side,
  bad: Side,
  troubled: Float64Array,
  names: Names,
): SlowWay | undefined {
  const seen = busiest(bad, names);
  const slow = (places: readonly Place[]) =>
    places.flatMap((place) => slownessOf(place, groupsOf(good, bad, troubled, place)) ?? []);
  for (const places of [pairsOf(seen, names), bordersOf(seen, names)]) {
    const found = slow(places);
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

function pairsOf(ways: readonly number[], names: Names): Place[] {
  return ways.map((way) => ({ nodes: names.ways[way] as Way, ways: new Set([way]) }));
}

function bordersOf(ways: readonly number[], names: Names): Place[] {
  const borders = new Map<string, Set<number>>();
  for (const way of ways) {
    for (const node of names.ways[way] as Way) {
      borders.set(node, (borders.get(node) ?? new Set<number>()).add(way));
    }
  }
  return [...borders].map(([node, crossed]) => ({ nodes: [node], ways: crossed }));
}

function slownessOf({ nodes }: Place, groups: readonly Group[]): SlowWay | undefined {
  const on = groups.filter(({ ends }) => ends.size > 0);
  const all = sumOf(on);
  const elsewhere = sumOf(groups.filter(({ ends }) => ends.size === 0));
  if (all.ms <= SURE * all.error || all.ms < LEAST_MS * all.calls) return undefined;
  if (elsewhere.ms > ELSEWHERE * all.ms) return undefined;
  for (const workload of new Set(on.flatMap(({ ends }) => [...ends]))) {
    const rest = sumOf(on.filter(({ ends }) => !ends.has(workload)));
    if (rest.ms <= SURE_WITHOUT * rest.error || rest.ms < WITHOUT * all.ms) return undefined;
  }
  return { nodes, ms: all.ms / all.calls };
}

/** Ways looked at: those with the most calls. */
const MOST_WAYS = 20;

function busiest({ traffic }: Side, { ways }: Names): number[] {
  const calls = new Int32Array(ways.length);
  for (const way of traffic.way) if (way >= 0) calls[way] = (calls[way] as number) + 1;
  return [...calls.keys()]
    .filter((way) => (calls[way] as number) >= FEW)
    .sort((a, b) => (calls[b] as number) - (calls[a] as number) || a - b)
    .slice(0, MOST_WAYS);
}

function groupsOf(good: Side, bad: Side, troubled: Float64Array, { ways }: Place): Group[] {
  const groups = new Map<string, Group>();
  for (const side of [good, bad]) {
    const { traffic, within, own, entry } = side;
    const slot = slotsOf(within);
    for (let row = 0; row < traffic.size; row++) {
      const time = own[row] as number;
      const when = slot(traffic.ts[row] as number);
      if (Number.isNaN(time) || when < 0) continue;
      const top = entry[row] as number;
      // As where times are compared by workload: what fails is no matter of time.
      if (side === bad && top >= 0 && (troubled[top] as number) > 0) continue;
      const ends = endsOf(row, side, ways);
      const key = `${traffic.operation[row]} ${traffic.caller[row]} ${[...ends].sort()}`;
      const group = groups.get(key) ?? { ends, good: new Sample(), bad: new Sample() };
      groups.set(key, group);
      group[side === good ? 'good' : 'bad'].push(time, when);
    }
  }
  return [...groups.values()];
}

/** Who is at the ends of the calls over some ways: of a call itself, and of what it calls. */
function endsOf(
  row: number,
  { traffic, tree }: Side,
  ways: ReadonlySet<number>,
): ReadonlySet<number> {
  const ends = new Set<number>();
  const take = (call: number) => {
    if (!ways.has(traffic.way[call] as number)) return;
    for (const end of [traffic.caller[call], traffic.callee[call]]) ends.add(end as number);
  };
  take(row);
  for (let i = tree.first[row] as number; i < (tree.first[row + 1] as number); i++) {
    take(tree.child[i] as number);
  }
  return ends;
}

function sumOf(groups: readonly Group[]): Sum {
  let [added, variance, calls] = [0, 0, 0];
  for (const { good, bad } of groups) {
    if (good.size < FEW || bad.size < FEW) continue;
    const [before, after] = [meanOf(good), meanOf(bad)];
    added += (after.mean - before.mean) * after.size;
    variance += (errorOf(before, after) * after.size) ** 2;
    calls += after.size;
  }
  return { ms: added, error: Math.sqrt(variance), calls };
}
