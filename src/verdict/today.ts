import type { CaptureStats } from '../profile/capture-stats.ts';

/**
 * The day (YYYY-MM-DD, UTC) of a capture's last call: what is judged is what was seen then, and so the
 * same captures give the same verdict on any day. Undefined without calls.
 */
export function lastDay({ end }: Pick<CaptureStats, 'end'>): string | undefined {
  if (end === null) return undefined;
  const date = new Date(end);
  const [day] = Number.isNaN(date.getTime()) ? [] : date.toISOString().split('T');
  // Beyond the year 9999 days would no longer be in the order of their texts.
  return day?.length === 10 ? day : undefined;
}
