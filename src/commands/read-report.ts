import { z } from 'zod';
import { inputName } from '../sources/ndjson-bytes.ts';
import { streamOf } from '../sources/open-input.ts';
import { bounded } from '../store/bounded.ts';
import { CaptureError } from '../support/errors.ts';
import { fileFailure } from '../support/file-failure.ts';

/** What accepting needs of a report; the rest may be there. */
const schema = z.object({
  findings: z.array(
    z.object({
      rule: z.string(),
      operation: z.string(),
      path: z.string().optional(),
      severity: z.enum(['breaking', 'warning', 'info']),
      causedBy: z.string().optional(),
      accepted: z.unknown().optional(),
    }),
  ),
  capture: z.object({ candidate: z.object({ end: z.number().nullable() }) }),
});

export type Report = z.output<typeof schema>;
export type Reported = Report['findings'][number];

/** Reads a report (`-`: stdin) as `--json` prints it. Throws CaptureError that names the file. */
export async function readReport(path: string): Promise<Report> {
  try {
    const parsed = schema.safeParse(JSON.parse((await bounded(streamOf(path))).toString()));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new RangeError(`${issue?.path.map(String).join('.')}: ${issue?.message}`);
  } catch (cause) {
    const { reason } = fileFailure(cause);
    throw new CaptureError(`cannot read the report ${inputName(path)}: ${reason}`, {
      cause,
      hint: 'it is what compare --json prints, or report.json of --report-dir',
    });
  }
}
