import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { CaptureError } from '../support/errors.ts';

const MAX_BYTES = 64 * 1024 * 1024;

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

/** Reads a report as `--json` prints it. Throws CaptureError that names the file. */
export async function readReport(path: string): Promise<Report> {
  try {
    if ((await stat(path)).size > MAX_BYTES)
      throw new RangeError(`it has more than ${MAX_BYTES} bytes`);
    const parsed = schema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new RangeError(`${issue?.path.map(String).join('.')}: ${issue?.message}`);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : message;
    throw new CaptureError(`cannot read the report ${path}: ${reason}`, {
      cause,
      hint: 'it is what compare --json prints, or report.json of --report-dir',
    });
  }
}
