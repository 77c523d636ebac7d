import { z } from 'zod';
import type { EvidenceCall } from '../src/calls/evidence.ts';
import type { PrintedFinding } from '../src/compare/printed-finding.ts';
import { RULES, type RuleId } from '../src/compare/rules.ts';
import type { Investigation } from '../src/incident/investigation.ts';

/** The JSON Schema of what `investigate --json` prints; a test holds real investigations to it. */

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);
const time = z.number().describe('Unix ms');
const texts = z.array(z.string()).readonly();
const samples = z.strictObject({ baseline: count, candidate: count });

export const evidenceSchema = z.strictObject({
  callId: z.string(),
  node: z.string().exactOptional(),
  ts: time,
  caller: z.string(),
  operation: z.string(),
  status: z.string().exactOptional(),
  latency: z.number().exactOptional().describe('ms'),
  note: z.string().exactOptional().describe('what of it shows it, redacted'),
});

const finding = z.strictObject({
  id: z.string().exactOptional().describe('its rule, operation and path'),
  rule: z.enum([...RULES.keys()] as [RuleId, ...RuleId[]]),
  category: z.enum([
    'schema-change',
    'new-error',
    'performance',
    'behaviour',
    'missing-call',
    'extra-call',
    'coverage',
  ]),
  severity: z.enum(['breaking', 'warning', 'info']),
  operation: z.string(),
  caller: z.string().exactOptional(),
  path: z.string().exactOptional(),
  summary: z.string(),
  baseline: z.union([z.string(), z.number()]).nullable(),
  candidate: z.union([z.string(), z.number()]).nullable(),
  effect: z.number().nullable(),
  interval: z
    .strictObject({ low: z.number().nullable(), high: z.number().nullable(), level: share })
    .nullable(),
  samples,
  evidence: z
    .array(
      z.strictObject({
        callId: z.string(),
        side: z.enum(['baseline', 'candidate']),
        note: z.string().exactOptional(),
      }),
    )
    .readonly(),
  chain: texts.exactOptional(),
  causedBy: z.string().exactOptional(),
  undecided: z.string().exactOptional(),
  weakened: z.enum(['noise', 'unfinished', 'capture-fault']).exactOptional(),
  accepted: z
    .strictObject({ reason: z.string(), expires: z.string(), by: z.string().exactOptional() })
    .exactOptional(),
  secondOpinion: z.enum(['agrees', 'disagrees', 'not supported']).exactOptional(),
  kfl: z.string().exactOptional(),
});

const onset = z
  .strictObject({ at: time, from: time, to: time, until: time.exactOptional() })
  .describe('a moment and the 95 % interval that holds it; until: when all was as before again');
const evidence = z.array(evidenceSchema).readonly();
const place = z.strictObject({ workload: z.string(), operation: z.string().exactOptional() });
const measures = [
  'errors',
  'rejections',
  'unanswered',
  'latency',
  'own-time',
  'volume',
  'fan-out',
  'connections',
] as const;
const outside = ['deployment', 'configuration', 'kubernetes', 'note'] as const;
const shape = z.enum([
  'origin',
  'carrier',
  'timeout',
  'waiting',
  'pool-exhausted',
  'refused',
  'queueing',
]);
const side = z.strictObject({
  start: time,
  end: time,
  calls: count,
  linked: count.describe('of the calls: whose cause was looked for'),
});

/** What `investigate --json` prints. */
export const investigationSchema = z.strictObject({
  schemaVersion: z.literal(1),
  symptom: z.strictObject({
    text: z.string().exactOptional().describe('as it was given'),
    workloads: texts,
    operations: texts,
    understood: texts.describe('words of it that were taken for something'),
  }),
  window: side,
  knownGood: side.extend({
    origin: z.enum(['given', 'before-onset', 'found']),
    doubts: texts.describe('what speaks against it being good'),
  }),
  onset: time.nullable(),
  began: onset.nullable(),
  rootCauses: z
    .array(
      place.extend({
        kind: z.enum(['slow', 'failing', 'unreachable', 'network', 'connections', 'payload']),
        shape: shape.exactOptional(),
        score: share,
        explains: share.describe('of the symptom'),
        since: onset.exactOptional(),
        reasons: texts,
        evidence,
      }),
    )
    .readonly()
    .describe('best first; empty where it abstains'),
  cascade: z
    .array(
      z.strictObject({
        from: place,
        to: place.describe('who called it, and suffered'),
        effect: z.enum(['errors', 'latency', 'both']),
        since: onset.exactOptional(),
        calls: count.describe('troubled calls of `to` that a troubled call of `from` was part of'),
        of: count.describe('troubled calls of `to` that could be followed'),
        evidence,
      }),
    )
    .readonly()
    .describe('from the origin towards users'),
  timeline: z
    .array(
      z.strictObject({
        at: time,
        from: time.exactOptional(),
        to: time.exactOptional(),
        workload: z.string().exactOptional(),
        operation: z.string().exactOptional(),
        kind: z.enum([...measures, ...outside, 'window', 'recovered']),
        summary: z.string(),
        evidence,
      }),
    )
    .readonly(),
  affected: z
    .array(
      z.strictObject({
        operation: z.string(),
        calls: count,
        troubled: count.describe('failed, or slower than 99 % of known-good ones'),
        failed: count,
        p95: z
          .strictObject({ before: z.number().nullable(), after: z.number().nullable() })
          .describe('ms'),
      }),
    )
    .readonly()
    .describe('operations that users call'),
  impact: z
    .strictObject({ before: share, after: share })
    .describe("share of users' requests that failed or were slow"),
  factors: z
    .array(
      z.strictObject({
        kind: z.enum([
          'load',
          'deployment',
          'configuration',
          'kubernetes',
          'payload',
          'retries',
          'connections',
          'network',
        ]),
        at: time.exactOptional(),
        workload: z.string().exactOptional(),
        summary: z.string(),
        url: z.string().exactOptional(),
      }),
    )
    .readonly()
    .describe('not the origin, but they matter'),
  ruledOut: z.array(z.strictObject({ workload: z.string(), why: z.string() })).readonly(),
  findings: z.array(finding).readonly().describe("differences of the gate's checks, worst first"),
  hypothesis: z.string().describe('one sentence'),
  confidence: share,
  abstained: z.boolean(),
  reasons: texts.describe('why, where it abstains'),
  network: z
    .strictObject({
      nodes: texts.describe(
        'the two between which calls take longer, or the one from and to which',
      ),
      ms: z.number().positive().describe('longer, a call there'),
    })
    .exactOptional()
    .describe('where the network is at fault, and no workload'),
  nextChecks: texts,
  lanes: z
    .array(
      z.strictObject({
        workload: z.string(),
        start: time.describe('of the first cell, Unix ms'),
        step: z.number().positive().describe('length of a cell, ms'),
        calls: z.array(count).readonly(),
        failed: z.array(count).readonly(),
        p95: z.array(z.number().nullable()).readonly().describe('ms; null where there are too few'),
      }),
    )
    .readonly(),
  problems: z
    .array(
      z.strictObject({
        side: z.enum(['incident', 'known-good']),
        code: z.string(),
        message: z.string(),
      }),
    )
    .readonly()
    .describe('what the captures lack'),
  flows: z
    .strictObject({
      at: time,
      pairs: count.describe('of workloads'),
      totalBytes: z.number().nonnegative(),
      truncated: z.boolean().describe('whether there were more than the Hub lists'),
    })
    .exactOptional()
    .describe('the L4 flows that were looked at'),
  snapshot: z.string().exactOptional().describe('that holds the packets'),
});

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
// The types say the same as the schemas, or this does not compile.
true satisfies Same<z.output<typeof evidenceSchema>, EvidenceCall>;
true satisfies Same<z.output<typeof finding>, PrintedFinding>;
true satisfies Same<z.output<typeof investigationSchema>, Investigation>;
