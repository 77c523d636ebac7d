import { z } from 'zod';
import { type Thresholds, USUAL_THRESHOLDS } from '../../compare/thresholds.ts';
import { DEFAULT_COVERAGE } from '../../verdict/policy.ts';
import { share } from './parts.ts';
import { milliseconds } from './requirements.ts';

export interface GivenThresholds {
  readonly thresholds: Thresholds;
  /** Share (0…1) of the baseline's calls that a PASS needs compared. */
  readonly coverage: number;
}

/** `thresholds:` from which size on a difference counts. */
export const thresholds = z
  .strictObject({
    'latency-increase': z
      .union([milliseconds, z.literal(0)])
      .optional()
      .describe('time by which a quantile of the latencies must have risen (5ms)'),
    'latency-ratio': z
      .number()
      .min(1)
      .max(1000)
      .optional()
      .describe('ratio that such a rise may be at least (1.2)'),
    'error-increase': share
      .optional()
      .describe('share of the calls by which an error status must have risen (0.01)'),
    'new-error-share': share
      .optional()
      .describe(
        'share of the calls from which on an error status never seen before breaks by its number alone (0.01)',
      ),
    coverage: share
      .optional()
      .describe("share of the baseline's calls that a PASS needs compared (0.9)"),
  })
  .transform(
    (given): GivenThresholds => ({
      thresholds: {
        latencyIncrease: given['latency-increase'] ?? USUAL_THRESHOLDS.latencyIncrease,
        latencyRatio: given['latency-ratio'] ?? USUAL_THRESHOLDS.latencyRatio,
        errorIncrease: given['error-increase'] ?? USUAL_THRESHOLDS.errorIncrease,
        newErrorShare: given['new-error-share'] ?? USUAL_THRESHOLDS.newErrorShare,
      },
      coverage: given.coverage ?? DEFAULT_COVERAGE,
    }),
  )
  .describe('from which size on a difference counts');
