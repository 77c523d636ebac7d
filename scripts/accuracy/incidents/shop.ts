import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Database, Store } from '../../../demo/cluster/store.ts';
import type { Incident } from '../../../demo/incidents/incident.ts';
import { matrix } from '../../../demo/incidents/matrix.ts';
import { limitedPostgres, poolExhausted } from '../../../demo/incidents/pool.ts';
import { quiet } from '../../../demo/incidents/quiet.ts';
import { twelve } from '../../../demo/incidents/twelve.ts';
import { table } from '../lab/table.ts';
import { Captures } from './captures.ts';
import { callIds, investigate, split } from './investigate.ts';
import { type Score, scoreOf } from './score.ts';
import type { Truth } from './truth.ts';

/**
 * The incident agent on the demo's real processes: twelve incidents, the one of the exhausted pool of
 * connections to a real PostgreSQL, and ten times at which nothing is wrong. Each is half a minute of
 * good traffic and half a minute of what follows, in one capture.
 *
 *   node scripts/accuracy/incidents/shop.ts [--captures DIR] [--only NAME…] [--all] [--known-good] [--make] [--seed N]
 *
 * `--captures`: where they are kept; those that are there are used again. `--all`: every service with
 * every kind of trouble too. `--known-good`: the good half is given, not found. `--make`: makes the
 * captures, and no more. `--seed`: of the first capture, each next one's is one more; for captures that
 * nothing was settled on, give another folder as well.
 */
const { values } = parseArgs({
  options: {
    captures: { type: 'string', default: join(tmpdir(), 'wireproof-incidents') },
    only: { type: 'string', multiple: true },
    all: { type: 'boolean', default: false },
    'known-good': { type: 'boolean', default: false },
    make: { type: 'boolean', default: false },
    seed: { type: 'string', default: '300' },
  },
});
const captures = await Captures.open(values.captures);
const groups: readonly (readonly [title: string, incidents: readonly Incident[]])[] = [
  ['incidents', twelve],
  ['an exhausted pool, a real PostgreSQL', [poolExhausted]],
  ['nothing is wrong', quiet],
  ...(values.all ? [['every service', matrix] as const] : []),
];
let seed = Number(values.seed);
const stores = new Map<boolean, Promise<Database>>();
try {
  for (const [title, incidents] of groups) {
    const rows: Row[] = [];
    for (const incident of incidents) {
      seed++;
      if (values.only && !values.only.includes(incident.name)) continue;
      const truth = await captures.of(incident, seed, () => storeFor(incident));
      if (!values.make) rows.push(await judge(truth));
    }
    if (rows.length > 0) print(title, rows);
  }
} finally {
  for (const store of stores.values()) await (await store).kill();
}

interface Row {
  readonly truth: Truth;
  readonly score: Score;
  readonly blamed: string;
  readonly hypothesis: string;
}

/** The database outlives the runs. */
function storeFor(incident: Incident): Promise<Database> {
  const real = incident === poolExhausted;
  const store = stores.get(real) ?? (real ? limitedPostgres() : Store.start());
  stores.set(real, store);
  return store;
}

async function judge(truth: Truth): Promise<Row> {
  const capture = captures.file(truth.name);
  const given = values['known-good'] && truth.onset !== null;
  const [knownGood, incident] = given ? await split(capture, truth.onset - 1000) : [];
  const found = await investigate(incident ?? capture, { knownGood, symptom: truth.symptom });
  const ids = await callIds(capture);
  const causes = found.abstained ? [] : found.rootCauses.slice(0, 3);
  return {
    truth,
    score: scoreOf(found, truth, (id) => ids.has(id)),
    blamed: causes.map(({ workload, kind }) => `${workload} (${kind})`).join(', '),
    hypothesis: found.hypothesis,
  };
}

function isPunctual({ truth, score: { onset } }: Row): boolean {
  return onset === null ? truth.onset === null : Math.abs(onset) <= 2000;
}

function print(title: string, rows: readonly Row[]): void {
  const tick = (good: boolean) => (good ? 'yes' : 'NO');
  const lines = rows.map(({ truth, score, blamed, hypothesis }) => [
    truth.name,
    truth.origins.map(({ service, kinds }) => `${service} (${kinds[0]})`).join(', ') || '–',
    blamed || 'abstains',
    tick(score.first),
    tick(score.three),
    tick(score.kind),
    score.onset === null ? '–' : String(score.onset),
    `${score.edges.right} / ${score.edges.wrong} / ${score.edges.missing}`,
    tick(score.backed),
    hypothesis,
  ]);
  const head = 'incident,origin,blamed,top 1,top 3,kind,onset error (ms)'.split(',');
  const edges = ['edges right / wrong / missing', 'backed', 'hypothesis'];
  const count = (good: (score: Score) => boolean) =>
    `${rows.filter(({ score }) => good(score)).length} of ${rows.length}`;
  process.stdout.write(`### ${title}\n\n${table([...head, ...edges], lines)}\n`);
  process.stdout.write(
    [
      `top 1: ${count(({ first }) => first)}`,
      `top 3: ${count(({ three }) => three)}`,
      `kind: ${count(({ first, kind }) => first && kind)}`,
      `onset within 2 s: ${rows.filter(isPunctual).length} of ${rows.length}`,
      `cascade right: ${count(({ edges }) => edges.wrong === 0 && edges.missing === 0)}`,
      `every edge backed by calls: ${count(({ backed }) => backed)}`,
    ].join(' · '),
  );
  process.stdout.write('\n\n');
}
