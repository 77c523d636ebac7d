import { z } from 'zod';
import type { Requirement } from '../../compare/requirement.ts';
import { duration } from '../option-values.ts';
import { list, operationPattern, share } from './parts.ts';

/** A duration as text, or a number of milliseconds; in ms. */
export const milliseconds = z.union(
  [duration, z.number().positive().max(1e9)],
  'it must be a duration such as 300ms, or a number of milliseconds',
);

/** `require:` budgets by operation; times in ms. */
export const requirements = list(
  z
    .strictObject({
      operation: operationPattern,
      'min-calls': z.int().min(1).optional().describe('calls that must be seen (1)'),
      'max-p95': milliseconds.optional(),
      'max-p99': milliseconds.optional(),
      'max-error-share': share
        .optional()
        .describe("share of the calls that may fail by the server's fault"),
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
).describe('budgets that operations must keep, whatever the baseline was');
