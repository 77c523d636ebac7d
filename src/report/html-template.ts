import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = 'report-page.html';
/** Beside the bundle; for sources, where `npm run build` puts it. */
const PLACES = [
  join(import.meta.dirname, NAME),
  join(import.meta.dirname, '..', '..', 'dist', NAME),
] as const;

/** The page of report.html without its contents, which the build makes of src/report/page/. */
export async function readTemplate(): Promise<string> {
  const [beside, built] = PLACES;
  try {
    return await readFile(beside, 'utf8');
  } catch {
    return readFile(built, 'utf8');
  }
}
