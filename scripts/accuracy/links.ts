import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Call } from '../../src/calls/call.ts';
import { formatOperation } from '../../src/calls/operation.ts';
import { byTime } from '../../src/calls/order.ts';
import { targetOf } from '../../src/calls/target.ts';
import { type Link, Profiler } from '../../src/profile/profiler.ts';
import { parseLine } from '../../src/sources/record.ts';
import { random } from '../../test/support/random.ts';

/** Share of the calls taken away, to see what becomes of their children. */
const TAKEN = 0.05;
/** Links said to be about this sure are looked at for calibration. */
const SAID = [0.85, 0.95] as const;

/**
 * Links against the truth of public traces, trace ids not used, block by block as in production.
 *
 *   node scripts/accuracy/links.ts [DATA]   DATA/callgraph: NAME.calls.ndjson.gz, NAME.truth.ndjson.gz
 */
const folder = join(process.argv[2] ?? '../shared/data', 'callgraph');
print([
  'set',
  'calls',
  'linked rightly',
  'without coinciding spans',
  'folded twice',
  'said 0.85–0.95: right',
  'orphans given a parent above 0.9',
  'largest error of an edge’s count',
]);
print(Array.from({ length: 8 }, () => '---'));
for (const file of (await readdir(folder)).filter((name) => name.endsWith('.calls.ndjson.gz'))) {
  const name = file.slice(0, -'.calls.ndjson.gz'.length);
  const calls = (await lines(file)).flatMap((line) => {
    const read = parseLine(line);
    return read.kind === 'call' ? [read.call] : [];
  });
  const truth = new Map(
    (await lines(`${name}.truth.ndjson.gz`)).map((line): [string, string | null] => {
      const { id, parent_call } = JSON.parse(line) as { id: string; parent_call: string | null };
      return [id, parent_call];
    }),
  );
  const links = link(calls);
  const right = ({ call, parent }: Link) => truth.get(call.id) === (parent?.id ?? null);
  const byId = new Map(calls.map((call) => [call.id, call]));
  const apart = links.filter(({ call }) => !coincides(call, byId, truth));
  const said = links.filter(
    ({ parent, confidence }) => parent && confidence >= SAID[0] && confidence <= SAID[1],
  );
  print([
    name,
    String(calls.length),
    share(links, right),
    share(apart, right),
    share(link(folded(calls)), ({ call, parent }) => {
      const [copy, id] = split(call.id);
      const up = truth.get(id) ?? null;
      return (parent?.id ?? null) === (up === null ? null : `${copy} ${up}`);
    }),
    said.length === 0 ? '–' : `${share(said, right)} of ${said.length}`,
    share(orphans(calls, truth), ({ parent, confidence }) => parent !== null && confidence > 0.9),
    edgeError(links, calls, truth),
  ]);
}

async function lines(file: string): Promise<string[]> {
  return gunzipSync(await readFile(join(folder, file)))
    .toString()
    .trim()
    .split('\n');
}

function link(calls: readonly Call[]): Link[] {
  const links: Link[] = [];
  const profiler = new Profiler({ onLink: (one) => links.push(one) });
  for (const call of calls.toSorted(byTime)) profiler.push({ kind: 'call', call });
  profiler.finish();
  return links;
}

/** Two calls made from one span of the trace: nothing but chance tells them apart. */
function coincides(
  call: Call,
  byId: ReadonlyMap<string, Call>,
  truth: ReadonlyMap<string, string | null>,
): boolean {
  const parent = byId.get(truth.get(call.id) ?? '');
  return parent !== undefined && parent.ts === call.ts && parent.latency === call.latency;
}

/** The second half of the time laid over the first: twice as many requests at a time. */
function folded(calls: readonly Call[]): Call[] {
  const times = calls.map(({ ts }) => ts).sort((a, b) => a - b);
  const middle = times[Math.floor(times.length / 2)] as number;
  const first = times[0] as number;
  return calls.map((call) => {
    const late = call.ts >= middle;
    return {
      ...call,
      id: `${late ? 1 : 0} ${call.id}`,
      ts: late ? call.ts - middle + first : call.ts,
    };
  });
}

function split(id: string): [copy: string, id: string] {
  return [id.slice(0, 1), id.slice(2)];
}

/** Links of calls whose parent was taken away. */
function orphans(calls: readonly Call[], truth: ReadonlyMap<string, string | null>): Link[] {
  const next = random(1, 'taken', calls.length);
  const taken = new Set(calls.filter(() => next() < TAKEN).map(({ id }) => id));
  return link(calls.filter(({ id }) => !taken.has(id))).filter(({ call }) =>
    taken.has(truth.get(call.id) ?? ''),
  );
}

/** How far the number of calls of an edge (operation handled → operation called) is off at most. */
function edgeError(
  links: readonly Link[],
  calls: readonly Call[],
  truth: ReadonlyMap<string, string | null>,
): string {
  const known = new Map(calls.map((call) => [call.id, call]));
  const seen = new Map<string, number>();
  const real = new Map<string, number>();
  const add = (counts: Map<string, number>, parent: Call | null | undefined, child: Call) => {
    if (!parent) return;
    const key = `${operation(parent)} → ${operation(child)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  for (const { call, parent } of links) {
    add(seen, parent, call);
    add(real, known.get(truth.get(call.id) ?? ''), call);
  }
  let worst = 0;
  for (const [key, count] of real) {
    worst = Math.max(worst, Math.abs((seen.get(key) ?? 0) - count) / count);
  }
  return `${(worst * 100).toFixed(1)} %`;
}

function operation(call: Call): string {
  const target = targetOf(call);
  return formatOperation(target, target.segments);
}

function share<T>(all: readonly T[], holds: (one: T) => boolean): string {
  return all.length === 0 ? '–' : (all.filter(holds).length / all.length).toFixed(4);
}

function print(cells: readonly string[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}
