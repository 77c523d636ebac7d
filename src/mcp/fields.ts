import { z } from 'zod';
import type { Finding } from '../compare/finding.ts';
import { harmless, UNTRUSTED } from './fence.ts';
import { evidenceIn, type Item } from './parts.ts';

/** Fields that several tools take or give. */

const MAX_TEXT = 1_000;
const text = z.string().min(1).max(MAX_TEXT);

export const path = text.describe("a file's path from the folder that the server was started with");
export const reportName = text.describe(
  'the id of a report made by this server (r-…), or the path of a report file under its folder',
);
export const cursor = z
  .string()
  .regex(/^\d{1,9}$/)
  .optional()
  .describe('next_cursor of the answer before');

/** Which traffic is captured; the command line's options of the same names. */
export const captureFields = {
  window: text.optional().describe('length to capture, such as 10m or 1h30m'),
  start: text.optional().describe('first moment, ISO 8601 with a zone or Unix ms'),
  end: text.optional().describe('last moment, ISO 8601 with a zone or Unix ms (now)'),
  namespace: text.optional().describe('only these namespaces, separated by commas'),
  workload: text.optional().describe('only calls from or to these workloads, separated by commas'),
  kfl: text.optional().describe('KFL expression that calls must match as well'),
};

export const scenario = z
  .boolean()
  .optional()
  .describe('capture while the test scenario runs that the server was started with (--run)');

export const counts = z.object({
  breaking: z.int(),
  warning: z.int(),
  info: z.int(),
  accepted: z.int().describe('of these: accepted in the configuration'),
});

export const itemSchema = z.object({
  id: z.string().describe('for explain_finding'),
  severity: z.enum(['breaking', 'warning', 'info']).optional(),
  evidence: z.int().describe('calls that show it'),
  untrusted: z
    .object({
      line: z.string(),
      rule: z.string().optional(),
      operation: z.string().optional(),
      path: z.string().optional(),
      accepted: z.boolean().optional(),
      caused_by: z.string().optional(),
    })
    .describe(UNTRUSTED),
});

export function itemData({ id, line, whole }: Item): z.output<typeof itemSchema> {
  const evidence = evidenceIn(whole).length;
  if (!id.startsWith('f')) return { id, evidence, untrusted: harmless({ line }) };
  const { severity, rule, operation, path, accepted, causedBy } = whole as Finding;
  const untrusted = harmless({
    line,
    rule,
    operation,
    ...(path !== undefined && { path }),
    ...(accepted && { accepted: true }),
    ...(causedBy !== undefined && { caused_by: causedBy }),
  });
  return { id, severity, evidence, untrusted };
}
