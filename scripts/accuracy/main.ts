import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Prints every table of docs/accuracy.md, one part after the other.
 *
 *   npm run accuracy [-- DATA]             DATA: folder with the public data sets (default: ../shared/data)
 *   npm run accuracy -- monitor [OPTION…]  that part alone; `incidents` likewise
 */
const alone = ['monitor', 'incidents'].find((part) => part === process.argv[2]);
const given = alone === undefined ? [] : process.argv.slice(3);
const data = alone ? '' : (process.argv[2] ?? '../shared/data');
const hasData = await access(data).then(
  () => true,
  () => false,
);
const parts: readonly [name: string, args: readonly string[] | undefined][] = [
  ['templates', []],
  ['schemas', hasData ? [data] : undefined],
  ['callgraph', hasData ? [join(data, 'callgraph')] : undefined],
  ['shop', []],
  ['sequential', []],
  ['lab/real', ['--pairs', '100']],
  ['lab/main', ['same', '--runs', '2000', '--workers', '2']],
  ['lab/main', ['recall', '--workers', '2']],
  ['incidents/public', hasData ? [join(data, 'incidents')] : undefined],
  ['incidents/shop', given],
  ['monitor/main', given],
];
for (const [name, args] of parts) {
  if (alone && !name.startsWith(`${alone}/`)) continue;
  process.stdout.write(`\n## ${name}\n\n`);
  if (!args) {
    process.stdout.write(`left out: there is no data in ${data}\n`);
    continue;
  }
  const script = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', script, ...args], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) process.exitCode = 1;
}
