import { z } from 'zod';
import type { Acceptance, Ignore, RuleLevel } from '../../verdict/policy.ts';
import { list, operationPattern, pathPattern, ruleReference, sentence } from './parts.ts';

/** Every rule by id and some prefixes. */
const MAX_RULES = 500;

/** `rules:` what findings weigh. */
export const rules = z
  .record(ruleReference, z.enum(['breaking', 'warning', 'info', 'off']))
  .refine(
    (given) => Object.keys(given).length <= MAX_RULES,
    `it has more than ${MAX_RULES} entries`,
  )
  .transform((given): RuleLevel[] =>
    Object.entries(given).map(([rule, level]) => ({ rule, level })),
  )
  .describe('what the findings of a rule weigh; `off` sets them aside, counted');

/** `ignore:` findings that are set aside. */
export const ignore = list(
  z
    .strictObject({
      rule: ruleReference.optional(),
      operation: operationPattern.optional(),
      path: pathPattern.optional(),
      reason: sentence,
    })
    .refine(
      ({ rule, operation, path }) => (rule ?? operation ?? path) !== undefined,
      'it needs a rule, an operation or a path: without one it would ignore everything',
    )
    .transform((given): Ignore => given),
).describe('findings that are no part of the verdict; they are counted and listed');

/** `accept:` findings that are meant, for a time. */
export const accept = list(
  z
    .strictObject({
      rule: ruleReference,
      operation: operationPattern,
      path: pathPattern.optional(),
      reason: sentence,
      expires: z.iso
        .date('it must be a day such as 2026-12-31')
        .describe('the last day on which it holds, UTC'),
      by: z.string().min(1).max(200).optional().describe('who accepted it'),
    })
    .transform((given): Acceptance => given),
).describe('differences that are meant, for a time; `wireproof accept` writes them');
