import { z } from 'zod';
import { captureFields, path, scenario } from '../fields.ts';
import { keptVerdict } from '../kept-verdict.ts';
import { tool } from '../tool.ts';
import { verdictAnswer, verdictSchema } from '../verdict-answer.ts';

export const verifyDeployment = tool({
  name: 'verify_deployment',
  title: 'Verify a deployment',
  description:
    'Captures again after a deployment, compares with a stored baseline and judges: PASS, FAIL or INCONCLUSIVE, with the behavioural differences as findings (schemas, errors, latency, calls made, missing or added). Deterministic; missing data is never a PASS.',
  input: z.strictObject({
    baseline: path.describe('the baseline file that capture_baseline wrote'),
    min_samples: z
      .int()
      .min(1)
      .optional()
      .describe('calls an operation needs on both sides to be judged by more than its errors (20)'),
    watch: z
      .boolean()
      .optional()
      .describe('look while the window runs, and end as soon as a regression is beyond doubt'),
    ...captureFields,
    scenario,
  }),
  output: verdictSchema,
  annotations: {
    readOnlyHint: false,
    destructiveHint: false,
    idempotentHint: false,
    openWorldHint: true,
  },
  async answer({ baseline, min_samples, scenario: runs, ...asked }, { context, run }) {
    const file = await context.root.toRead(baseline);
    const outcome = await run({
      verb: 'verify',
      asked: { ...asked, baseline: file, 'min-samples': min_samples },
      scenario: runs,
    });
    return verdictAnswer(keptVerdict(context.reports, outcome));
  },
});
