import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a target's turn did. */
export interface Run {
  readonly target: string;
  /** Stands for the target and the sources that it uses. */
  readonly build: string;
  readonly executions: number;
  readonly processorMs: number;
  readonly corpus: number;
  readonly features: number;
  readonly findings: number;
}

export function writeRun(folder: string, run: Run): void {
  appendFileSync(join(folder, 'runs.ndjson'), `${JSON.stringify(run)}\n`);
}

/** What earlier runs of a folder already did on the sources as they are, which stand by their hashes. */
export function runsOf(folder: string, builds: Readonly<Record<string, string>>): Run[] {
  return readRuns(folder).filter(({ target, build }) => builds[target] === build);
}

function readRuns(folder: string): Run[] {
  const path = join(folder, 'runs.ndjson');
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Run);
}

/** A table of what all runs of a folder did, and those of them that were of the sources as they are. */
export function totals(folder: string, builds: Readonly<Record<string, string>>): string {
  const runs = readRuns(folder);
  const last = runsOf(folder, builds);
  const names = [...new Set(runs.map(({ target }) => target))].sort();
  const row = (name: string, of: (run: Run) => boolean) => {
    const [all, now] = [runs.filter(of), last.filter(of)];
    const corpus = now.findLast(({ corpus: size }) => size > 0)?.corpus ?? '';
    return `| ${[name, ...figures(all), ...figures(now), corpus].join(' | ')} |`;
  };
  return [
    '| target | executions | processor, minutes | findings | of the sources as they are: executions | processor, minutes | findings | corpus |',
    `|${' --- |'.repeat(8)}`,
    ...names.map((name) => row(name, ({ target }) => target === name)),
    row('all', () => true).replace(/\d+ \|$/, '|'),
    '',
  ].join('\n');
}

function figures(runs: readonly Run[]): (string | number)[] {
  const sum = (of: (run: Run) => number) => runs.reduce((total, run) => total + of(run), 0);
  return [
    sum(({ executions }) => executions),
    (sum(({ processorMs }) => processorMs) / 60_000).toFixed(1),
    sum(({ findings }) => findings),
  ];
}
