import { quote } from '../../calls/kfl.ts';
import { mostOften } from '../../support/most-often.ts';
import type { RawCall } from './call-page.ts';

type Endpoint = Readonly<Record<string, unknown>> | undefined;

/**
 * Expressions that divide calls of one millisecond, judged by a sample of them, best first: each
 * leaves about half of the sample on either side.
 */
export function splitFilters(sample: readonly RawCall[]): string[] {
  const candidates = [
    ...atMedian('src.port', sample, ({ record }) => (record.src as Endpoint)?.port),
    ...atMedian('elapsed_time', sample, ({ record }) =>
      typeof record.latency_ms === 'number' ? Math.round(record.latency_ms * 1000) : undefined,
    ),
    ...atMedian('status_code', sample, ({ record }) => Number(record.status)),
    ...byValue('dst.service.name', sample, ({ record }) => (record.dst as Endpoint)?.svc),
    ...byValue('src.pod.name', sample, ({ record }) => (record.src as Endpoint)?.pod),
    ...byValue('dst.pod.name', sample, ({ record }) => (record.dst as Endpoint)?.pod),
    ...byValue('method', sample, ({ record }) => record.method),
    ...byValue('path', sample, ({ record }) => pathOf(record.path)),
    ...byValue('node_id', sample, ({ record }) => record.node_id),
  ];
  return candidates.sort((a, b) => b.evenness - a.evenness).map(({ kfl }) => kfl);
}

interface Candidate {
  readonly kfl: string;
  /** 0 when all calls are on one side, 1 at half and half. */
  readonly evenness: number;
}

function atMedian(
  field: string,
  sample: readonly RawCall[],
  read: (call: RawCall) => unknown,
): Candidate[] {
  const values = sample
    .map(read)
    .map((value) => (typeof value === 'number' && Number.isFinite(value) ? value : 0))
    .sort((a, b) => a - b);
  const pivot = values[(values.length - 1) >> 1];
  if (pivot === undefined) return [];
  const share = values.filter((value) => value <= pivot).length / values.length;
  return candidate(`${field} <= ${Math.trunc(pivot)}`, share);
}

function byValue(
  field: string,
  sample: readonly RawCall[],
  read: (call: RawCall) => unknown,
): Candidate[] {
  const counts = new Map<string, number>();
  for (const value of sample.map(read)) {
    if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const common = mostOften(counts);
  return common ? candidate(`${field} == ${quote(common[0])}`, common[1] / sample.length) : [];
}

function candidate(kfl: string, share: number): Candidate[] {
  const evenness = 1 - Math.abs(2 * share - 1);
  return evenness > 0 ? [{ kfl, evenness }] : [];
}

const pathOf = (value: unknown) =>
  typeof value === 'string' && value.length < 256 ? value.split('?')[0] : undefined;
