import { z } from 'zod';
import type { IdentityRule } from '../../calls/identity.ts';
import { isHint } from '../../profile/templates-hints.ts';
import { REDACTION_LEVELS, secretNamesAt } from '../redaction.ts';
import { list } from './parts.ts';

const KEYS = ['service', 'pod', 'host'] as const;
const name = z
  .string()
  .min(1, 'it is empty')
  .max(253, 'it is longer than 253 characters')
  .refine((text) => text.split('*').length <= 9, 'it has more than 8 stars');

/** `paths:` templates that go before what is learned. */
export const paths = list(
  z
    .string()
    .max(1024, 'it is longer than 1024 characters')
    .refine(isHint, 'it must be a path such as /files/{name} or orders GET /v1/{tenant}/items'),
).describe(
  'path templates: `/files/{name}/content`, `orders GET /v1/{tenant}/items`; keys of stores: `cart:{user}`',
);

/** `identity:` rules that name workloads; the first that fits counts. */
export const identity = list(
  z
    .strictObject({
      service: name.optional(),
      pod: name.optional(),
      host: name.optional(),
      workload: name.describe(
        "the workload's name; * is what the first star of the pattern stands for",
      ),
    })
    .transform((given, context): IdentityRule => {
      const [by, ...more] = KEYS.filter((key) => given[key] !== undefined);
      if (by === undefined || more.length > 0) {
        context.addIssue({ code: 'custom', message: 'it needs one of service, pod and host' });
        return z.NEVER;
      }
      return { by, pattern: given[by] as string, workload: given.workload };
    }),
).describe('what workloads are called; stars are any text');

/** `redact:` names whose values are secret. */
export const redact = z
  .union(
    [z.enum(REDACTION_LEVELS), list(name)],
    `it must be ${REDACTION_LEVELS.join(' or ')}, or a list of names`,
  )
  .transform((given) => (typeof given === 'string' ? secretNamesAt(given, []) : given))
  .describe(
    'a level (personal, all), or names of fields and headers that hold secrets, besides the usual ones; * is any text',
  );
