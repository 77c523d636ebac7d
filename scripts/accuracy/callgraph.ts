import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Call } from '../../src/calls/call.ts';
import { targetOf } from '../../src/calls/target.ts';
import { linkBlock } from '../../src/graph/link.ts';
import { BLOCK_MS, neighbourhood } from '../../src/graph/neighbourhood.ts';
import { randomFrom } from '../../src/graph/random.ts';
import { parseLine } from '../../src/sources/record.ts';

/**
 * Links recorded calls of systems whose true call graph is known, through blocks of time as the
 * profiler cuts them, and prints how many causes were found. No header tells a trace in these.
 *
 *   node scripts/accuracy/callgraph.ts [FOLDER]   *.calls.ndjson.gz, each beside its *.truth.ndjson.gz
 */
const folder = process.argv[2] ?? '../shared/data/callgraph';

interface Truth {
  readonly id: string;
  readonly parent_call: string | null;
}
type Parents = ReadonlyMap<string, string | null>;
interface Guess {
  readonly parent: string | null;
  readonly confidence: number;
  /** How much of the call each possible cause is given. */
  readonly shares: readonly (readonly [parent: string, share: number])[];
}

const sureAnywhere = { right: 0, of: 0 };
const HEAD = [
  'calls',
  'right',
  'without like spans',
  'of those said 0.85–0.95 sure, right',
  'unseen cause, another given at > 0.9',
  'worst edge, count found / true',
  'µs a call',
];

console.log(`| ${HEAD.join(' | ')} |\n|${' --- |'.repeat(HEAD.length)}`);
for (const file of readdirSync(folder).sort()) {
  if (!file.endsWith('.calls.ndjson.gz')) continue;
  const name = file.slice(0, file.indexOf('.'));
  const calls = readCalls(`${folder}/${file}`);
  const truth = readTruth(`${folder}/${file.replace('.calls.', '.truth.')}`);
  score(name, calls, truth);
  score(`${name}, folded twice onto itself`, folded(calls, truth, 2), truth);
  const random = randomFrom(5);
  score(
    `${name}, 5 % taken away`,
    calls.filter(() => random() >= 0.05),
    truth,
  );
}
console.log(
  `\nSaid 0.85–0.95 sure, all sets together: ${share(sureAnywhere)} of ${sureAnywhere.of} right.`,
);

/** In the order of the file: it decides which calls are taken away. */
function readCalls(path: string): Call[] {
  return linesOf(path).map((line) => {
    const observation = parseLine(line);
    if (observation.kind !== 'call') throw new Error(`${path}: a record that is no call`);
    return observation.call;
  });
}

function readTruth(path: string): Parents {
  const truth = linesOf(path).map((line): Truth => JSON.parse(line));
  return new Map(truth.map(({ id, parent_call }) => [id, parent_call]));
}

function linesOf(path: string): string[] {
  const text = gunzipSync(readFileSync(path)).toString();
  return text.split('\n').filter((line) => line !== '');
}

/** Later parts of the time laid over the first, whole requests at a time: more of them at once. */
function folded(calls: readonly Call[], truth: Parents, times: number): Call[] {
  const ts = new Map(calls.map((call) => [call.id, call.ts]));
  const first = Math.min(...ts.values());
  const part = (Math.max(...ts.values()) - first + 1) / times;
  const rootOf = (id: string): string => {
    const parent = truth.get(id);
    return parent ? rootOf(parent) : id;
  };
  return calls.map((call) => {
    const index = Math.floor(((ts.get(rootOf(call.id)) as number) - first) / part);
    return { ...call, ts: call.ts - Math.floor(index * part) };
  });
}

function linkAll(calls: readonly Call[]): Map<string, Guess> {
  const sorted = calls.toSorted((a, b) => a.ts - b.ts || (a.id < b.id ? -1 : 1));
  const guesses = new Map<string, Guess>();
  const blockOf = (call: Call | undefined) => Math.floor((call?.ts ?? 0) / BLOCK_MS);
  for (let block = blockOf(sorted[0]); block <= blockOf(sorted.at(-1)); block++) {
    const from = block * BLOCK_MS;
    const to = from + BLOCK_MS;
    const near = neighbourhood(sorted, (call) => call, from, to);
    for (const link of linkBlock(near, from, to, near.map(targetOf))) {
      const { child, parent, confidence } = link;
      const idOf = (index: number) => (near[index] as Call).id;
      const certain: [number, number][] = parent === null ? [] : [[parent, 1]];
      guesses.set(idOf(child), {
        parent: parent === null ? null : idOf(parent),
        confidence,
        shares: (link.shares ?? certain).map(([i, share]) => [idOf(i), share]),
      });
    }
  }
  return guesses;
}

function score(name: string, calls: readonly Call[], truth: Parents): void {
  const began = performance.now();
  const guesses = linkAll(calls);
  const micros = (1_000 * (performance.now() - began)) / calls.length;
  const byId = new Map(calls.map((call) => [call.id, call]));
  const all = { right: 0, of: 0 };
  const unlike = { right: 0, of: 0 };
  const sure = { right: 0, of: 0 };
  const forced = { right: 0, of: 0 };
  const edges = new Map<string, { found: number; real: number }>();
  const edge = (parent: Call, child: Call) => {
    const key = `${parent.dst.workload.name} ${parent.path} > ${child.dst.workload.name}`;
    const counts = edges.get(key) ?? { found: 0, real: 0 };
    edges.set(key, counts);
    return counts;
  };
  for (const call of calls) {
    const { parent, confidence, shares } = guesses.get(call.id) as Guess;
    const wanted = truth.get(call.id) ?? null;
    const real = wanted === null ? undefined : byId.get(wanted);
    const given = parent === null ? undefined : byId.get(parent);
    for (const [cause, part] of shares) edge(byId.get(cause) as Call, call).found += part;
    if (given && confidence >= 0.85 && confidence <= 0.95) {
      count(sure, parent === wanted);
      count(sureAnywhere, parent === wanted);
    }
    if (wanted !== null && !real) count(forced, given !== undefined && confidence > 0.9);
    if (!real) continue;
    edge(real, call).real++;
    count(all, parent === wanted);
    const alike = real.ts === call.ts && real.latency === call.latency;
    if (!alike) count(unlike, parent === wanted);
  }
  const [worst] = [...edges.entries()]
    .filter(([, { real }]) => real >= 50)
    .map(([key, { found, real }]) => ({ key, ratio: found / real }))
    .sort((a, b) => Math.abs(Math.log(b.ratio)) - Math.abs(Math.log(a.ratio)));
  console.log(
    `| ${[
      `${name}: ${calls.length}`,
      share(all),
      share(unlike),
      `${share(sure)} of ${sure.of}`,
      forced.of === 0 ? '–' : `${share(forced)} of ${forced.of}`,
      worst ? `${worst.ratio.toFixed(3)}` : '–',
      micros.toFixed(0),
    ].join(' | ')} |`,
  );
}

function count(tally: { right: number; of: number }, right: boolean): void {
  tally.of++;
  if (right) tally.right++;
}

function share({ right, of }: { right: number; of: number }): string {
  return of === 0 ? '–' : (right / of).toFixed(4);
}
