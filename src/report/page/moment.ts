import { iso } from '../../support/quantity.ts';

/** A point in time (Unix ms) to the second, in UTC. */
export function moment(at: number | null): string {
  if (at === null) return '–';
  const text = iso(at);
  return text.includes('T') ? `${text.slice(0, 10)} ${text.slice(11, 19)} UTC` : text;
}
