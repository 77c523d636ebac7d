import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { wordsOf } from './engine/failure.ts';
import { sourceHashes } from './engine/source-hashes.ts';
import { closeFinding, openFindings, readInput, targetOf } from './findings.ts';
import { fuzzTargets } from './fuzz-targets.ts';
import { HELP, type Options, parseOptions } from './options.ts';
import { totals } from './runs.ts';
import { entriesOf, loadTarget, targetNames } from './targets.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let options: Options;
  try {
    options = parseOptions(args);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 2;
  }
  if (options.help) return say(HELP);
  if (options.totals) return say(await totalsOf(options));
  if (options.list) return list(options);
  if (options.repeat !== undefined) return repeat(options, options.repeat);
  await mkdir(options.folder, { recursive: true });
  await closeRepaired(join(options.folder, 'findings'));
  await fuzzTargets(options, say);
  const open = openFindings(join(options.folder, 'findings'));
  say(
    `\n${await totalsOf(options)}\n${open.length} open${open.map((path) => `\n${path}`).join('')}\n`,
  );
  return open.length > 0 ? 1 : 0;
}

async function totalsOf({ folder }: Options): Promise<string> {
  return totals(folder, await sourceHashes(entriesOf(targetNames())));
}

function say(text: string): 0 {
  process.stdout.write(text);
  return 0;
}

async function list({ targets }: Options): Promise<number> {
  for (const name of targets) say(`${name}: ${(await loadTarget(name)).holds}\n`);
  return 0;
}

/** Runs one input on the sources as they are; whether it fails is the exit code. */
async function repeat({ targets }: Options, path: string): Promise<number> {
  const name = targets.length === 1 ? targets[0] : targetOf(path);
  if (name === undefined || !existsSync(path)) {
    process.stderr.write(`--repeat ${path}: which --target, and is the file there?\n`);
    return 2;
  }
  const error = await failureOf(name, path);
  if (error === undefined) return say(`${name}: holds\n`);
  say(`${name}: ${wordsOf(error)}\n`);
  return 1;
}

async function failureOf(name: string, path: string): Promise<unknown> {
  const target = await loadTarget(name);
  try {
    await target.run(readInput(path));
  } catch (error) {
    return error ?? new Error('threw nothing');
  }
  return undefined;
}

/** Lets go of findings that don't fail any more; those that hang are run where that is seen. */
async function closeRepaired(folder: string): Promise<void> {
  for (const path of openFindings(folder)) {
    const name = targetOf(path);
    if (!/\/failure-[0-9a-f]+$/.test(path) || name === undefined) continue;
    if ((await failureOf(name, path)) === undefined) closeFinding(path);
  }
}
