import { z } from 'zod';
import type { Requirement } from '../compare/requirement.ts';
import { duration } from './option-values.ts';

const MAX_REQUIREMENTS = 1_000;

const budget = z.union(
  [duration, z.number().positive()],
  'it must be a duration such as 300ms, or a number of milliseconds',
);

/** `require:` of the configuration file: budgets by operation; times in ms. */
export const requirements = z
  .array(
    z
      .strictObject({
        operation: z.string().min(1).max(4096),
        'min-calls': z.int().min(1).optional(),
        'max-p95': budget.optional(),
        'max-p99': budget.optional(),
        'max-error-share': z.number().min(0).max(1).optional(),
      })
      .transform(
        (given): Requirement => ({
          operation: given.operation,
          minCalls: given['min-calls'],
          maxP95: given['max-p95'],
          maxP99: given['max-p99'],
          maxErrorShare: given['max-error-share'],
        }),
      ),
  )
  .max(MAX_REQUIREMENTS);

/** A value of the YAML parser as JSON; a mapping's keys are its own, whatever they are called. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries([...value].map(([key, one]) => [String(key), plain(one)]));
}
