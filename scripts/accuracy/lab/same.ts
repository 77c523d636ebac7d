import type { Finding } from '../../../src/compare/finding.ts';
import type { Verdict } from '../../../src/verdict/judgement.ts';
import { drawSystem } from './draw-system.ts';
import { judgePair, measured, profiled } from './pair.ts';
import { simulate } from './simulate.ts';
import { ratio, table } from './table.ts';
import { YARDSTICK_NAMES, type YardstickName } from './yardsticks.ts';

export interface SameTask {
  readonly part: 'same';
  readonly seed: string;
  readonly operations: number;
  readonly calls?: number | undefined;
}

/** What a pair of runs of one version gave. */
export interface SameResult {
  readonly verdict: Verdict;
  readonly calls: number;
  readonly breaking: readonly Pick<Finding, 'rule' | 'operation' | 'path' | 'summary'>[];
  /** Operations that each yardstick says got worse. */
  readonly yardsticks: Readonly<Record<YardstickName, readonly string[]>>;
  /** Milliseconds of making the calls, profiling them, and comparing. */
  readonly times?: readonly [simulate: number, profile: number, compare: number];
}

/** A system, captured twice: other pods, ids, arrivals, data and weather; the same version. */
export function runSame({ seed, operations, calls }: SameTask): SameResult {
  const clock = [performance.now()];
  const lap = () => clock.push(performance.now());
  const system = drawSystem({ seed, operations, calls });
  const runs = [simulate(system, `${seed} before`), simulate(system, `${seed} after`)] as const;
  lap();
  const [base, cand] = [profiled(runs[0]), profiled(runs[1])];
  lap();
  const { judgement } = judgePair(base.profile, cand.profile);
  lap();
  return {
    verdict: judgement.verdict,
    calls: base.run.calls.length,
    breaking: breakingOf(judgement.findings),
    yardsticks: measured(system, ...runs),
    times: [1, 2, 3].map((i) => (clock[i] as number) - (clock[i - 1] as number)) as [
      number,
      number,
      number,
    ],
  };
}

/** What is kept of the breaking findings. */
export function breakingOf(findings: readonly Finding[]): SameResult['breaking'] {
  return findings
    .filter(({ severity }) => severity === 'breaking')
    .map(({ rule, operation, path, summary }) => ({
      rule,
      operation,
      ...(path !== undefined && { path }),
      summary,
    }));
}

/** Tables of verdicts, and of the rules that failed a pair. */
export function reportSame(results: readonly SameResult[], details: boolean): string {
  const count = (verdict: Verdict) => results.filter((r) => r.verdict === verdict).length;
  const calls = results.reduce((sum, result) => sum + result.calls, 0) / results.length;
  const rules = new Map<string, { runs: number; findings: number }>();
  for (const { breaking } of results) {
    for (const [rule, found] of Map.groupBy(breaking, (finding) => finding.rule)) {
      const seen = rules.get(rule) ?? { runs: 0, findings: 0 };
      rules.set(rule, { runs: seen.runs + 1, findings: seen.findings + found.length });
    }
  }
  const byRule = [...rules].sort((a, b) => b[1].runs - a[1].runs);
  const lines = [
    `${results.length} pairs of the same version, ${Math.round(calls)} calls a side on average\n`,
    table(
      ['verdict', 'pairs'],
      (['FAIL', 'PASS', 'INCONCLUSIVE'] as const).map((verdict) => [
        verdict === 'FAIL' ? 'FAIL (false)' : verdict,
        ratio(count(verdict), results.length),
      ]),
    ),
    table(
      ['yardstick', 'FAIL (false)'],
      YARDSTICK_NAMES.map((name) => [
        name,
        ratio(results.filter((r) => r.yardsticks[name].length > 0).length, results.length),
      ]),
    ),
    table(
      ['rule', 'false in pairs', 'findings'],
      byRule.map(([rule, { runs, findings }]) => [
        rule,
        ratio(runs, results.length),
        String(findings),
      ]),
    ),
  ];
  if (details) {
    for (const [i, { breaking }] of results.entries()) {
      for (const { rule, operation, path, summary } of breaking) {
        lines.push(`- pair ${i}: ${rule}, ${operation}, ${path ?? ''}: ${summary}`);
      }
    }
  }
  return lines.join('\n');
}

/** How long one pair took on average, for the log: it differs from machine to machine. */
export function timesOf(results: readonly SameResult[]): string {
  const names = ['simulate', 'profile and link', 'compare'];
  return names
    .map((name, i) => {
      const mean = results.reduce((sum, { times }) => sum + (times?.[i] ?? 0), 0);
      return `${name} ${(mean / results.length).toFixed(0)} ms`;
    })
    .join(', ');
}
