import { visible } from '../support/escape.ts';
import type { OperationSummary, ProfileSummary, Quantiles } from './profile-summary.ts';
import { counted, grouped, period, shown } from './words.ts';

/** Names of one list; `--json` has all. */
const MAX_NAMES = 8;

/** What a profile holds, for a terminal, without colours. */
export function renderShow(summary: ProfileSummary): string {
  const { place, windows, operations, calls } = summary;
  const lines = [
    visible(place),
    ...provenanceLines(summary),
    ...windows.map(
      (window, i) =>
        `  window ${i + 1}: ${counted(window.calls, 'call')}, ${period(window)}${runOf(summary, i)}`,
    ),
    ...windows.flatMap(({ problems }) =>
      problems.map(({ code, message }) => `  ${visible(code)}: ${visible(message)}`),
    ),
    `  ${counted(calls, 'call')} in ${counted(operations.length, 'operation')}`,
    ...operations.flatMap(operationLines),
  ];
  return `${lines.join('\n')}\n`;
}

function provenanceLines({ provenance }: ProfileSummary): string[] {
  if (!provenance) return ['  it does not say where it comes from'];
  const { namespace, workload, kfl } = provenance.scope;
  const { repository, wireproof } = provenance.windows.at(-1) as (typeof provenance.windows)[0];
  const scope = [
    ...(namespace.length > 0 ? [`namespace ${namespace.join(',')}`] : []),
    ...(workload.length > 0 ? [`workload ${workload.join(',')}`] : []),
    ...(kfl === undefined ? [] : [`kfl ${kfl}`]),
  ];
  return [
    `  scope: ${visible(scope.join(', ') || 'everything')}`,
    ...(repository === undefined ? [] : [`  repository: ${visible(repository)}`]),
    `  stored by Wireproof ${visible(wireproof)}`,
  ];
}

function runOf({ provenance }: ProfileSummary, window: number): string {
  const { commit, ref, workflow, runId, environment } = provenance?.windows[window] ?? {};
  const parts = [
    ...(commit ? [`commit ${commit}`] : []),
    ...(ref ? [ref] : []),
    ...(workflow ? [`workflow ${workflow}`] : []),
    ...(runId ? [`run ${runId}`] : []),
    ...(environment ? [`environment ${environment}`] : []),
  ];
  return parts.map((part) => `, ${visible(part)}`).join('');
}

function operationLines(operation: OperationSummary): string[] {
  const { calls, latency, statuses, callers, requestBytes, responseBytes } = operation;
  const measured = [
    ...ofQuantiles('latency', latency, ' ms'),
    ...ofQuantiles('request', requestBytes, ' B'),
    ...ofQuantiles('response', responseBytes, ' B'),
  ];
  return [
    '',
    visible(operation.operation),
    `  ${counted(calls, 'call')}`,
    `  statuses: ${names(statuses.map(({ status, calls }) => [status, calls]))}`,
    ...(callers.length === 0
      ? []
      : [`  callers: ${names(callers.map(({ caller, calls }) => [caller, calls]))}`]),
    ...measured,
  ];
}

function ofQuantiles(what: string, quantiles: Quantiles, unit: string): string[] {
  if (quantiles === null) return [];
  const { p50, p95, p99 } = quantiles;
  return [
    `  ${what}: P50 ${shown(p50)}${unit}, P95 ${shown(p95)}${unit}, P99 ${shown(p99)}${unit}`,
  ];
}

/** The most frequent first. */
function names(counts: readonly (readonly [name: string, calls: number])[]): string {
  const sorted = counts.toSorted((a, b) => b[1] - a[1]);
  const told = sorted
    .slice(0, MAX_NAMES)
    .map(([name, calls]) => `${visible(name || '(others)', 100)} ×${grouped(calls)}`);
  const left = sorted.length - MAX_NAMES;
  return [...told, ...(left > 0 ? [`and ${left} more`] : [])].join(', ') || '–';
}
