import { percent } from '../../compare/words.ts';
import type { CauseKind } from '../suspect.ts';
import type { Context } from './describe.ts';
import { failingReasons } from './failing-reasons.ts';
import type { Ranked } from './rank.ts';
import { slowingReasons } from './slowing-reasons.ts';

/** What speaks for a suspect, the weightiest first. */
export function reasonsOf(one: Ranked, kind: CauseKind, context: Context): string[] {
  const failing = failingReasons(one, kind, context);
  const slowing = slowingReasons(one, context);
  const parts = one.failing >= one.slowing ? [...failing, ...slowing] : [...slowing, ...failing];
  if (one.explains > 0) {
    parts.push(`It explains ${percent(one.explains)} of what failed or took longer.`);
  }
  return parts;
}
