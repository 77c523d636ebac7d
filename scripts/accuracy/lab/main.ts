import { parseArgs } from 'node:util';
import { CHANGES } from './changes.ts';
import { runAll } from './pool.ts';
import { reportRecall } from './report-recall.ts';
import { reportSame, timesOf } from './same.ts';

/**
 * The accuracy lab: the gate on simulated captures of which the truth is known.
 *
 *   node scripts/accuracy/lab/main.ts [PART …] [options]
 *
 * Parts: `same` (two captures of one version: every FAIL is false), `recall` (one seeded change).
 *   --runs N        pairs a part, and pairs a cell of recall (100; recall 20)
 *   --seed S        of everything drawn (1)
 *   --workers N     threads (1); the output is the same whatever their number
 *   --operations K  of each system of `same`, 1 to 200 (40)
 *   --calls N,…     of `recall`, calls of the changed operation a side (12,50,200,1000); of `same`,
 *                   exact requests of each entry operation (a mix of 5 to 5,000)
 *   --changes TEXT  only changes whose name holds this text
 *   --details       each false finding and each miss in words
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '1' },
    operations: { type: 'string', default: '40' },
    calls: { type: 'string' },
    changes: { type: 'string', default: '' },
    details: { type: 'boolean', default: false },
  },
});
const parts = positionals.length > 0 ? positionals : ['same', 'recall'];
const workers = Number(values.workers);
const calls = values.calls?.split(',').map(Number);

for (const part of parts) {
  process.stdout.write(`### ${part}, seed ${values.seed}\n\n${await run(part)}\n`);
}

async function run(part: string): Promise<string> {
  if (part === 'same') {
    const tasks = Array.from({ length: Number(values.runs ?? 100) }, (_, i) => ({
      part: 'same' as const,
      seed: `${values.seed} ${i}`,
      operations: Number(values.operations),
      calls: calls?.[0],
    }));
    const results = await runAll(part, tasks, workers);
    process.stderr.write(`a pair on average: ${timesOf(results)}\n`);
    return reportSame(results, values.details);
  }
  if (part === 'recall') {
    const changes = CHANGES.map(({ name }) => name).filter((name) => name.includes(values.changes));
    const tasks = (calls ?? [12, 50, 200, 1000]).flatMap((size) =>
      Array.from({ length: Number(values.runs ?? 20) }, (_, i) => ({
        part: 'recall' as const,
        seed: `${values.seed} ${size} ${i}`,
        calls: size,
        changes,
      })),
    );
    return reportRecall(await runAll(part, tasks, workers), values.details);
  }
  throw new Error(`There is no part ${part}: same, recall.`);
}
