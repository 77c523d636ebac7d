import type { EdgeChange } from '../../src/compare/edge-changes.ts';
import { findingId } from '../../src/compare/finding-id.ts';
import type { PrintedFinding } from '../../src/compare/printed-finding.ts';
import type { OperationChange } from '../../src/compare/view/operations.ts';
import type { Judgement } from '../../src/verdict/judgement.ts';
import { edge, finding, judgement } from './judgements.ts';
import { integer, pick, type Random, random } from './random.ts';

const FIELDS = ['id', 'status', 'total', 'currency', 'items', 'created_at', 'note', 'shipping'];

/** A judgement of many operations and findings, as wide as real ones are, the same for each size. */
export function largeJudgement(operations = 500, findings = 2000): Judgement {
  const next = random('large judgement', operations, findings);
  const names = Array.from({ length: operations }, (_, i) => nameOf(i));
  const list = names.map((name, i) => operationOf(next, name, names, i));
  const found = Array.from({ length: findings }, (_, i) => findingOf(names, i));
  const edges = Array.from({ length: 200 }, (_, i) => edgeOf(next, names, i));
  return judgement({
    verdict: 'FAIL',
    reasons: ['many breaking differences, the first: …'],
    findings: found,
    graph: { edges, leftOut: 31 },
    operations: { list, leftOut: 0 },
  });
}

function nameOf(i: number): string {
  const workload = `service-${Math.floor(i / 8)}`;
  const method = ['GET', 'POST', 'PUT', 'DELETE'][i % 4];
  return `${workload} ${method} /api/v1/resource-${i}/{id}/parts/{id}`;
}

function operationOf(
  next: Random,
  operation: string,
  names: readonly string[],
  i: number,
): OperationChange {
  const calls = { baseline: integer(next, 200, 90_000), candidate: integer(next, 200, 90_000) };
  const counts = () => Array.from({ length: 48 }, () => integer(next, 0, 2_000));
  const bounds = (ms: number) => [ms, ms * 0.9, ms * 1.1] as const;
  const side = (scale: number, count: number) => ({
    calls: count,
    p50: bounds(10 * scale),
    p95: bounds(40 * scale),
    p99: bounds(80 * scale),
  });
  return {
    operation,
    protocol: 'http',
    calls,
    statuses: [
      { status: '200', kind: 'ok', baseline: calls.baseline - 9, candidate: calls.candidate - 90 },
      { status: '503', kind: 'server', baseline: 9, candidate: 90 },
    ],
    latency: {
      baseline: side(1, calls.baseline),
      candidate: side(1.5, calls.candidate),
      level: 0.95,
      curve: { from: 1.5, to: 400, baseline: counts(), candidate: counts() },
    },
    callers: [{ caller: 'gateway', ...calls }],
    callees: Array.from({ length: 4 }, (_, k) => ({
      to: names[(i * 5 + k * 7 + 3) % names.length] as string,
      baseline: 1,
      candidate: k === 0 ? 3 : 1,
    })),
    ...(i % 2 === 0 && { schemas: [{ message: 'response 200', root: rootOf(next) }] }),
  };
}

function rootOf(next: Random) {
  const seen = (type: string) => ({ type, some: 140, all: 150 });
  return {
    name: '',
    baseline: seen('object'),
    candidate: seen('object'),
    children: FIELDS.map((name) => ({
      name,
      baseline: seen('string (uuid) or null'),
      candidate: next() < 0.2 ? null : seen('string or null'),
    })),
  };
}

function findingOf(names: readonly string[], i: number): PrintedFinding {
  const operation = names[i % names.length] as string;
  const severity = i < 300 ? 'breaking' : i < 900 ? 'warning' : 'info';
  const path = pathOf(i);
  const kfl = `http && (dst.service.name == "${operation.split(' ')[0]}" || dst.pod.name.matches("^service-1(-([0-9]+|([a-z0-9]{5,10}-)?[bcdfghjklmnpqrstvwxz2456789]{5}))?$")) && method == "GET" && path.matches("^/api/v1/resource/[^/]+$") && status_code == 200`;
  const made = finding({ operation, severity, path, kfl });
  const told = { ...made, id: findingId(made) };
  if (i < 1500) return told;
  const cause = i % 300;
  const causedBy = findingId({
    ...made,
    operation: names[cause % names.length] as string,
    path: pathOf(cause),
  });
  return { ...told, causedBy };
}

function pathOf(i: number): string {
  return `response 200 /${FIELDS[i % FIELDS.length]}/${i}`;
}

function edgeOf(next: Random, names: readonly string[], i: number): EdgeChange {
  const from = names[(i * 3) % names.length] as string;
  const change = pick(next, ['appeared', 'vanished', 'changed', 'same'] as const);
  const seen = { calls: 120, perHandledCall: 1 };
  return edge({
    from,
    caller: from.split(' ')[0] as string,
    to: names[(i * 11 + 1) % names.length] as string,
    baseline: change === 'appeared' ? null : seen,
    candidate: change === 'vanished' ? null : { calls: 360, perHandledCall: 3 },
    change,
  });
}
