import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Alert } from '../src/monitor/alert.ts';
import { ALERT_SEVERITIES, type AlertCategory } from '../src/monitor/alert-rule.ts';
import type { Summary } from '../src/monitor/summary/summary.ts';
import { evidenceSchema, investigationSchema } from './investigation-schema.ts';

/** The JSON Schemas of what `monitor --json` and `investigate --json` print; tests hold real ones to them. */

const CATEGORIES = [
  'errors',
  'latency',
  'traffic',
  'protocol',
  'network',
  'security',
  'monitor',
] as const satisfies readonly AlertCategory[];

const moment = z.iso.datetime();
const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const severity = z.enum(ALERT_SEVERITIES);
const category = z.enum(CATEGORIES);
const days = z.string().describe('how much was learned: `3.5 of 7 days`');

const subject = z.strictObject({
  workload: z.string().describe('at fault, or concerned'),
  operation: z.string().exactOptional().describe('in plain form: `orders GET /orders/{id}`'),
  caller: z.string().exactOptional().describe('where the edge matters'),
  detail: z.string().exactOptional().describe('host, field, address or pattern'),
});

/** What `--json` prints of an alert. */
export const alertSchema = z.strictObject({
  schemaVersion: z.literal(1),
  id: z.string().describe('the same from firing to resolved, and when it is sent again'),
  state: z.enum(['firing', 'resolved']),
  rule: z.string().describe('as docs/alerts.md lists them'),
  category,
  severity,
  scope: z.string(),
  subject,
  summary: z.string(),
  since: moment.describe('first moment that shows it'),
  firedAt: moment,
  resolvedAt: moment.exactOptional(),
  duration: z.number().describe('from since to the end, or so far, ms'),
  value: z.number().describe('what was measured, in unit'),
  expected: z.number().nullable().describe('what is normal, in unit'),
  unit: z.string().describe('`ratio` (0…1), `ms`, `calls`, `calls/s`, `hosts`, `bytes`, …'),
  interval: z
    .strictObject({ low: z.number(), high: z.number(), level: share })
    .optional()
    .describe('of the value, or of what was expected'),
  chance: share.describe('probability of as much by chance when nothing is wrong'),
  events: count.describe('calls that show it'),
  evidence: z.array(evidenceSchema).readonly(),
  kfl: z.string().describe("the calls in Kubeshark's filter language"),
  checked: z.string().describe('how many calls were looked at, against what'),
  learned: days,
  effects: z
    .array(z.strictObject({ rule: z.string(), subject, summary: z.string() }))
    .readonly()
    .describe('what is told under it, as its cause'),
  snapshot: z.string().exactOptional().describe('that keeps the packets'),
  silenced: z.string().exactOptional().describe('why it is not sent'),
});

const line = z.strictObject({
  id: z.string(),
  rule: z.string(),
  category,
  severity,
  subject,
  summary: z.string(),
  since: moment,
  resolvedAt: moment.exactOptional(),
  duration: z.number().describe('ms'),
  silenced: z.string().exactOptional(),
});

const usual = z.number().nullable().describe('learned, at this time of the week');
const caller = { workload: z.string(), calls: count, failures: count };
const served = z.strictObject({ ...caller, bytes: count.describe('of the messages') });

function listed<T extends z.ZodType>(item: T) {
  return z.strictObject({ list: z.array(item).readonly(), leftOut: count });
}

/** What `--summary` with `--json` prints. */
export const summarySchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('summary'),
  scope: z.string(),
  start: moment,
  end: moment.describe('first moment after the period'),
  observedSeconds: z.number().nonnegative().describe('of the period, looked at'),
  calls: count,
  callsPerSecond: z.number().nonnegative(),
  errors: z.strictObject({
    failures: count.describe("by the server's fault, or unanswered"),
    rejections: count.describe("by the caller's fault"),
    share,
    low: share.describe('interval of the share at 95 % (Wilson)'),
    high: share,
  }),
  talkers: z.strictObject({
    callersByCalls: listed(z.strictObject(caller)),
    workloadsByCalls: listed(served),
    workloadsByBytes: listed(served),
    flowsByBytes: listed(
      z.strictObject({
        client: z.string(),
        server: z.string(),
        port: z.int().nullable(),
        outside: z.boolean().describe('of the cluster'),
        bytes: z.number().nonnegative(),
        connections: z.number().nonnegative(),
      }),
    )
      .nullable()
      .describe('L4; null where flows were not seen twice'),
  }),
  worstErrorShares: listed(
    z.strictObject({
      operation: z.string(),
      calls: count,
      failures: count,
      share,
      low: share,
      high: share,
      usual,
    }),
  ),
  slowest: listed(
    z.strictObject({
      operation: z.string(),
      calls: count,
      p95: z.number().describe('ms, of calls that did not fail'),
      usual,
    }),
  ),
  firing: listed(line).describe('at the end of the period'),
  began: listed(line),
  ended: listed(line),
  anomalies: z.partialRecord(category, count).describe('how many began, by category'),
  problems: z
    .array(z.strictObject({ code: z.string(), message: z.string(), slots: count }))
    .readonly()
    .describe('of the capture, with the intervals that had them'),
  blind: z
    .array(z.strictObject({ since: moment, reason: z.string() }))
    .readonly()
    .describe('when the Hub could not be asked'),
  learned: days,
  days: z.number().min(0).max(7),
  operationsNotToldApart: count,
});

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
// The types say the same as the schemas, or this does not compile.
true satisfies Same<z.output<typeof alertSchema>, Alert>;
true satisfies Same<z.output<typeof summarySchema>, Summary>;

/** The documents by their place. */
export function schemaTexts(): ReadonlyMap<string, string> {
  const text = (schema: z.ZodType, title: string) =>
    `${JSON.stringify({ ...z.toJSONSchema(schema), title }, null, 2)}\n`;
  return new Map([
    [
      'docs/schema/alert.schema.json',
      text(alertSchema, 'What `monitor --json` prints of an alert, a line each time'),
    ],
    [
      'docs/schema/summary.schema.json',
      text(summarySchema, 'What `monitor --json --summary` prints of a period, a line'),
    ],
    [
      'docs/schema/investigation.schema.json',
      text(investigationSchema, 'What `investigate --json` prints, and report.json holds'),
    ],
  ]);
}

if (import.meta.main) for (const [path, text] of schemaTexts()) writeFileSync(path, text);
