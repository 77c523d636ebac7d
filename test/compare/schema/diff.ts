import type { Finding } from '../../../src/compare/finding.ts';
import { Reporter } from '../../../src/compare/schema/report.ts';
import { diffNodes } from '../../../src/compare/schema/walk.ts';
import type { SubjectCounts } from '../../../src/compare/subjects.ts';
import { observed } from '../../profile/schema/make.ts';

/** The `i`th value of a place. */
export type Each = (i: number) => unknown;

interface Given {
  /** Values on each side; 60 when unsaid. */
  readonly counts?: readonly [number, number];
  /** Bodies a value. */
  readonly scale?: readonly [number, number];
  /** Of how many things they speak. */
  readonly subjects?: SubjectCounts;
}

/** What changed in the values of one place. */
export function told(
  before: Each,
  after: Each,
  { counts = [60, 60], scale = [1, 1], subjects }: Given = {},
): Finding[] {
  const of = (count: number, each: Each, side: string) =>
    observed(
      Array.from({ length: count }, (_, i) => each(i)),
      side,
    );
  const report = new Reporter('o', 'response', { side: 'response', status: '200', part: 'json' });
  const support = {
    minSamples: 20,
    scale: { base: scale[0], cand: scale[1] },
    ...(subjects && { subjects }),
  };
  const [base, cand] = [of(counts[0], before, 'b'), of(counts[1], after, 'c')];
  diffNodes({ base, cand, pointer: '', support }, report);
  return report.findings();
}

/** The same in words, without those that all have. */
export function lines(...given: Parameters<typeof told>): string[] {
  return told(...given).map(({ severity, rule, summary }) => {
    const said = summary.replace('The body of response 200 ', '').replace(' of response 200', '');
    return `${severity} ${rule}: ${said}`;
  });
}

/** One of the members after the other. */
export const one =
  (...members: readonly unknown[]): Each =>
  (i) =>
    members[i % members.length];

/** `value` in the first `some`, else `other`. */
export const first =
  (some: number, value: unknown, other: unknown = 'a'): Each =>
  (i) =>
    i < some ? value : other;

/** The numbers of the calls that show it on one side. */
export const shown = (side: 'baseline' | 'candidate', ...given: Parameters<typeof told>) =>
  (told(...given)[0]?.evidence ?? [])
    .filter((one) => one.side === side)
    .map(({ callId }) => Number(callId.slice(1)));

export const always =
  (value: unknown): Each =>
  () =>
    value;
/** In every other value, from the second on. */
export const half =
  (value: unknown, other: unknown = {}): Each =>
  (i) =>
    i % 2 ? value : other;
