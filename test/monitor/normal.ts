import { ORDINARY_DAY } from '../../src/monitor/learned/level.ts';
import type { Normal } from '../../src/monitor/learned/normal.ts';

/** Nothing is learned yet. */
export const noNormal: Normal = {
  days: 0,
  familiar: true,
  quietness: ORDINARY_DAY,
  words: '0 of 7 days',
  since: undefined,
  usual: () => undefined,
  recent: () => [],
  edge: () => undefined,
  callee: () => undefined,
  operation: () => undefined,
};
