import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Pages that the build makes of src/report/page/: that of a judgement, and that of a monitor's status. */
export type PageName = 'report-page.html' | 'status-page.html';

/** Beside the bundle; for sources, where `npm run build` puts it. */
const FOLDERS = [import.meta.dirname, join(import.meta.dirname, '..', '..', 'dist')] as const;

/** A page without its contents. */
export async function readTemplate(name: PageName = 'report-page.html'): Promise<string> {
  const [beside, built] = FOLDERS;
  try {
    return await readFile(join(beside, name), 'utf8');
  } catch {
    return readFile(join(built, name), 'utf8');
  }
}

/** The page with its contents, which are escaped already. */
export function fillTemplate(
  template: string,
  contents: { readonly title: string; readonly plain: string; readonly data: string },
): string {
  return template.replace(
    /%(TITLE|PLAIN|DATA)%/g,
    (_, name: string) => contents[name.toLowerCase() as keyof typeof contents],
  );
}
