import { z } from 'zod';
import { path } from '../fields.ts';
import { keptVerdict } from '../kept-verdict.ts';
import { tool } from '../tool.ts';
import { verdictAnswer, verdictSchema } from '../verdict-answer.ts';

export const compareCaptures = tool({
  name: 'compare_captures',
  title: 'Compare captures',
  description:
    'Compares captures or baselines from files, without a cluster: the candidate with all windows of the baselines. Judges like verify_deployment.',
  input: z.strictObject({
    baselines: z
      .array(path)
      .min(1)
      .max(20)
      .describe('captures (NDJSON of Kubeshark calls) or baselines of before'),
    candidate: path.describe('the capture or baseline of after'),
    min_samples: z
      .int()
      .min(1)
      .optional()
      .describe('calls an operation needs on both sides to be judged by more than its errors (20)'),
  }),
  output: verdictSchema,
  annotations: { readOnlyHint: true, openWorldHint: false },
  async answer({ baselines, candidate, min_samples }, { context, run }) {
    const captures: string[] = [];
    for (const name of [...baselines, candidate]) captures.push(await context.root.toRead(name));
    const outcome = await run({ verb: 'compare', asked: { 'min-samples': min_samples }, captures });
    return verdictAnswer(keptVerdict(context.reports, outcome));
  },
});
