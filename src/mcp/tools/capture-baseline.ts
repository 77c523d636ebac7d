import { z } from 'zod';
import type { ProfileSummary } from '../../report/profile-summary.ts';
import { harmless, UNTRUSTED } from '../fence.ts';
import { captureFields, path, scenario } from '../fields.ts';
import { pageOf, pageSchema } from '../page.ts';
import { tool } from '../tool.ts';

export const captureBaseline = tool({
  name: 'capture_baseline',
  title: 'Capture a baseline',
  description:
    'Captures the calls of a Kubernetes workload from Kubeshark and stores what was observed (call patterns, response schemas, latencies, errors; no payload values) as a baseline file, for verify_deployment to compare with later. Takes a window of time, or runs the test scenario.',
  input: z.strictObject({
    output: path
      .default('baseline.json')
      .describe(
        'where the baseline goes: a path under the folder, *.json[.gz|.zst]; a baseline that is there is replaced',
      ),
    windows: z
      .int()
      .min(1)
      .max(20)
      .optional()
      .describe(
        'capture so many windows one after another: what differs between them is noise (1)',
      ),
    ...captureFields,
    scenario,
  }),
  output: z.object({
    baseline: z.string().describe('path to give to verify_deployment'),
    calls: z.int(),
    windows: z.int(),
    operations: pageSchema,
    untrusted: z
      .object({
        operations: z.array(
          z.object({
            operation: z.string(),
            calls: z.int(),
            p95: z.number().optional().describe('ms'),
          }),
        ),
      })
      .describe(UNTRUSTED),
  }),
  annotations: {
    readOnlyHint: false,
    destructiveHint: true,
    idempotentHint: false,
    openWorldHint: true,
  },
  async answer({ output, scenario: runs, ...asked }, { context, run }) {
    const file = await context.root.toWrite(output);
    await run({ verb: 'baseline', asked: { ...asked, output: file }, scenario: runs });
    const { printed } = await run({ verb: 'show', asked: { json: true }, captures: [file] });
    const { calls, windows, operations } = JSON.parse(printed) as ProfileSummary;
    const baseline = context.root.nameOf(file);
    const most = operations.toSorted((a, b) => b.calls - a.calls);
    const { items, page } = pageOf(most);
    return {
      says: [
        `Stored ${calls} calls of ${operations.length} operations in ${windows.length} windows: ${baseline}`,
      ],
      untrusted: items.map(
        (one) => `${one.operation}: ${one.calls} calls, P95 ${one.latency?.p95 ?? '–'} ms`,
      ),
      next: [
        `After the deployment: verify_deployment with baseline "${baseline}". All operations: resource wireproof://profile/${encodeURIComponent(baseline)}`,
      ],
      data: {
        baseline,
        calls,
        windows: windows.length,
        operations: page,
        untrusted: {
          operations: harmless(
            items.map((one) => ({
              operation: one.operation,
              calls: one.calls,
              ...(one.latency && { p95: one.latency.p95 }),
            })),
          ),
        },
      },
    };
  },
});
