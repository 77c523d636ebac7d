import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Outcome } from '../commands/command.ts';
import { CaptureError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';
import { parseReport, type Report } from './report.ts';
import type { Root } from './root.ts';

/** As many are kept of what was made here, the latest; files are read anew each time. */
const KEPT = 20;
const MAX_BYTES = 64 * 1024 * 1024;

/** The reports that clients may ask about: those made by this server, and files under its root. */
export class Reports {
  readonly #root: Root;
  readonly #made = new Map<string, Report>();

  constructor(root: Root) {
    this.#root = root;
  }

  /** Keeps what a command found; undefined where it found nothing to keep. The id is made from the content. */
  keep({ judgement, investigation }: Outcome): Report | undefined {
    const found = judgement ?? investigation;
    if (found === undefined) return undefined;
    const id = `r-${createHash('sha256').update(JSON.stringify(found)).digest('hex').slice(0, 12)}`;
    const report: Report = judgement
      ? { id, kind: 'verdict', judgement }
      : { id, kind: 'incident', investigation: found as NonNullable<typeof investigation> };
    this.#made.delete(id);
    this.#made.set(id, report);
    for (const oldest of this.#made.keys()) {
      if (this.#made.size <= KEPT) break;
      this.#made.delete(oldest);
    }
    return report;
  }

  /** Those made here, the latest first. */
  made(): readonly Report[] {
    return [...this.#made.values()].reverse();
  }

  /** One by its id, or by its path under the root. Throws KnownError. */
  async find(name: string): Promise<Report> {
    const made = this.#made.get(name);
    if (made) return made;
    if (/^r-[0-9a-f]{12}$/.test(name)) {
      throw new CaptureError(`there is no report ${name} any more`, {
        hint: `the last ${KEPT} are kept: make it again`,
      });
    }
    const path = await this.#root.toRead(name);
    try {
      if ((await stat(path)).size > MAX_BYTES) throw new RangeError('it is too large');
      return parseReport(this.#root.nameOf(path), JSON.parse(await readFile(path, 'utf8')));
    } catch (cause) {
      throw new CaptureError(
        `cannot read the report ${visible(name, 200)}: ${(cause as Error).message}`,
        {
          cause,
          hint: 'it is report.json of --report-dir, or what --json of compare, verify or investigate prints',
        },
      );
    }
  }
}
