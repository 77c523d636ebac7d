import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { missed, type Report, type Score, scoreOf, scoresOfFiles } from './score.ts';

/**
 * Changes the code in small ways, one at a time, and tells how many of these mutants the tests notice.
 *
 *   node scripts/mutation/main.ts [FOLDER…] [--share 0…1] [--seed N] [--files GLOB,…] [--at-once N]
 *
 * FOLDER is one of `src/` whose tests lie in `test/`: verdict, profile, compare. With `--share` a
 * sample is tried, the same one for the same seed. The reports stay in `.stryker-tmp/`.
 */
const HERE = 'scripts/mutation';
const STRYKER = `${HERE}/node_modules/@stryker-mutator/core/bin/stryker.js`;
const FOLDERS = ['verdict', 'profile', 'compare'];
/** Files that are told by name. */
const WORST = 15;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    share: { type: 'string' },
    seed: { type: 'string' },
    files: { type: 'string' },
    'at-once': { type: 'string' },
  },
});

async function run(command: string, args: readonly string[], env = {}): Promise<void> {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
}

/** Mutates a folder and gives what Stryker reports of it. */
async function mutate(folder: string): Promise<Report> {
  await run(process.execPath, [STRYKER, 'run', `${HERE}/stryker.config.ts`], {
    MUTATED: folder,
    ...(values.share !== undefined && { MUTATED_SHARE: values.share }),
    ...(values.seed !== undefined && { MUTATED_SEED: values.seed }),
    ...(values.files !== undefined && { MUTATED_FILES: values.files }),
    ...(values['at-once'] !== undefined && { MUTATED_AT_ONCE: values['at-once'] }),
  });
  return JSON.parse(readFileSync(`.stryker-tmp/${folder}.json`, 'utf8')) as Report;
}

function line({ name, share, interval, ...score }: Score): string {
  const percent = (part: number) => (100 * part).toFixed(1);
  const { killed, timeout, survived, noCoverage, leftOut } = score;
  return (
    `${percent(share).padStart(5)} % [${interval.map(percent).join(', ')}]  killed ${killed}, ` +
    `timed out ${timeout}, survived ${survived}, run by no test ${noCoverage}, left out ${leftOut}  ${name}\n`
  );
}

if (!existsSync(STRYKER)) await run('npm', ['ci', '--prefix', HERE]);
const lines: string[] = [];
for (const folder of positionals.length > 0 ? positionals : FOLDERS) {
  const report = await mutate(folder);
  const mutants = Object.values(report.files).flatMap((file) => file.mutants);
  lines.push(line(scoreOf(`src/${folder}`, mutants)));
  const worst = scoresOfFiles(report).filter((score) => missed(score) > 0);
  for (const score of worst.slice(0, WORST)) lines.push(`  ${line(score)}`);
}
process.stdout.write(lines.join(''));
