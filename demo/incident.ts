import { parseArgs } from 'node:util';
import { matrix } from './incidents/matrix.ts';
import { limitedPostgres, poolExhausted } from './incidents/pool.ts';
import { quiet } from './incidents/quiet.ts';
import { runIncident } from './incidents/run.ts';
import { twelve } from './incidents/twelve.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    before: { type: 'string', default: '25' },
    after: { type: 'string', default: '25' },
    rate: { type: 'string', default: '20' },
    out: { type: 'string', default: 'shop-capture' },
  },
});
const all = [...twelve, poolExhausted, ...quiet, ...matrix];
const incident = all.find(({ name }) => name === positionals[0]);
if (!incident) {
  throw new Error(`which incident? There are: ${all.map(({ name }) => name).join(', ')}`);
}
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
const store = incident === poolExhausted ? await limitedPostgres() : undefined;
try {
  const { onsets, ...run } = await runIncident(incident, {
    seed: Number(values.seed),
    before: Number(values.before),
    after: Number(values.after),
    rate: Number(values.rate),
    out: values.out,
    ...(store && { store }),
    signal: stop.signal,
  });
  const { story, symptom, origins, cascade } = incident;
  const told = { story, symptom, origins, cascade, onsets, ...run };
  process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
} catch (cause) {
  if (!stop.signal.aborted) throw cause;
  process.stderr.write('stopped\n');
  process.exitCode = 130;
} finally {
  await store?.kill();
}
