import { z } from 'zod';
import { CaptureError } from '../../support/errors.ts';
import { captureFields, path } from '../fields.ts';
import { incidentAnswer, incidentSchema } from '../incident-answer.ts';
import { tool } from '../tool.ts';

/** Two moments to ask Kubeshark for, not a file. */
const SPAN = /^[^/]+\.\.[^/]+$/;

export const investigateIncident = tool({
  name: 'investigate_incident',
  title: 'Investigate an incident',
  description:
    'From a symptom and a time to when it began, where, how it spread, the proof and the likely cause; from Kubeshark or from captures. Deterministic; says so where the evidence is not enough.',
  input: z.strictObject({
    symptom: z
      .string()
      .min(1)
      .max(1_000)
      .optional()
      .describe('what users see, in words: "checkout fails since 14:30"'),
    since: z
      .string()
      .max(64)
      .optional()
      .describe('since when it is seen, ISO 8601 with a zone or Unix ms'),
    captures: z
      .array(path)
      .max(20)
      .default([])
      .describe('capture files with the incident; without any, Kubeshark is asked'),
    known_good: z
      .string()
      .min(1)
      .max(1_000)
      .optional()
      .describe(
        'traffic from before: a capture file, or START..END to ask Kubeshark for (what was before the onset)',
      ),
    snapshot: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe("read this snapshot of Kubeshark, a monitor's for example"),
    ...captureFields,
  }),
  output: incidentSchema,
  annotations: {
    readOnlyHint: false,
    destructiveHint: false,
    idempotentHint: false,
    openWorldHint: true,
  },
  async answer({ captures: names, known_good, ...asked }, { context, run }) {
    const { root, reports } = context;
    const captures: string[] = [];
    for (const name of names) captures.push(await root.toRead(name));
    const isFile = known_good !== undefined && !SPAN.test(known_good);
    const knownGood = isFile ? await root.toRead(known_good) : known_good;
    const outcome = await run({
      verb: 'investigate',
      asked: { ...asked, 'known-good': knownGood },
      captures,
    });
    const report = reports.keep(outcome);
    if (report?.kind !== 'incident') throw new CaptureError('the command found nothing to tell');
    return incidentAnswer(report);
  },
});
