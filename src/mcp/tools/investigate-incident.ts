import { z } from 'zod';
import { instant } from '../../commands/option-values.ts';
import { CaptureError, UsageError } from '../../support/errors.ts';
import { captureFields, path } from '../fields.ts';
import { incidentAnswer, incidentSchema } from '../incident-answer.ts';
import type { Root } from '../root.ts';
import { tool } from '../tool.ts';

const MAX_FILES = 20;
const moment = z.string().min(1).max(64);

const input = z.strictObject({
  symptom: z
    .string()
    .min(1)
    .max(1_000)
    .optional()
    .describe('what users see, in words: "checkout fails since 14:30"'),
  since: moment.optional().describe('since when it is seen, ISO 8601 with a zone or Unix ms'),
  captures: z
    .array(path)
    .max(MAX_FILES)
    .default([])
    .describe('capture files with the incident; without any, Kubeshark is asked'),
  known_good: z
    .array(path)
    .max(MAX_FILES)
    .default([])
    .describe('capture files from before; without any, what was before the onset'),
  known_good_start: moment.optional().describe('instead of files: from when on all was well'),
  known_good_end: moment.optional().describe('and until when'),
  snapshot: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe("read this snapshot of Kubeshark, a monitor's for example"),
  ...captureFields,
});

export const investigateIncident = tool({
  name: 'investigate_incident',
  title: 'Investigate an incident',
  description:
    'From a symptom and a time to when it began, where, how it spread, the proof and the likely cause; from Kubeshark or from captures. Deterministic; says so where the evidence is not enough.',
  input,
  output: incidentSchema,
  annotations: {
    readOnlyHint: false,
    destructiveHint: false,
    idempotentHint: false,
    openWorldHint: true,
  },
  async answer(args, { context, run }) {
    const { captures, known_good, known_good_start, known_good_end, ...asked } = args;
    const { root, reports } = context;
    if (captures.length > 0) noneOf(['namespace', 'workload', 'kfl', 'snapshot'], asked);
    const outcome = await run({
      verb: 'investigate',
      asked: { ...asked, 'known-good': await knownGood(args, root) },
      captures: await filesOf(captures, root),
    });
    const report = reports.keep(outcome);
    if (report?.kind !== 'incident') throw new CaptureError('the command found nothing to tell');
    return incidentAnswer(report);
  },
});

/** As the option takes it: a list of files, or a time. */
async function knownGood(args: z.output<typeof input>, root: Root): Promise<string | undefined> {
  const { known_good: files, known_good_start: start, known_good_end: end } = args;
  if (start === undefined && end === undefined) {
    return files.length === 0 ? undefined : (await filesOf(files, root)).join(',');
  }
  if (files.length === 0 && isInstant(start) && isInstant(end)) return `${start}..${end}`;
  throw new UsageError('known_good is files, or both known_good_start and known_good_end', {
    hint: 'a moment is ISO 8601 with a zone (2026-01-31T14:30:00Z) or Unix milliseconds',
  });
}

/** What only Kubeshark can be asked for must not look as if it had been heeded. */
function noneOf(
  names: readonly (keyof z.output<typeof input>)[],
  asked: Partial<z.output<typeof input>>,
): void {
  const other = names.find((name) => asked[name] !== undefined);
  if (other === undefined) return;
  throw new UsageError(`${other} is for asking Kubeshark: all of the captures is looked into`, {
    hint: `leave out ${other}, or leave out captures`,
  });
}

/** The option separates names by commas. */
async function filesOf(names: readonly string[], root: Root): Promise<string[]> {
  const files: string[] = [];
  for (const name of names) {
    const file = await root.toRead(name);
    if (file.includes(',')) throw new UsageError('a file whose path holds a comma can not be read');
    files.push(file);
  }
  return files;
}

function isInstant(text: string | undefined): boolean {
  return instant.safeParse(text).success;
}
