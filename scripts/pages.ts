import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import type { PageName } from '../src/report/html-template.ts';
import { packagesOf } from './licenses.ts';

const SOURCES = join(import.meta.dirname, '..', 'src', 'report', 'page');

interface PageSource {
  readonly entry: string;
  /** Folders of style sheets, in their order. */
  readonly styles: readonly string[];
  /** What the script may connect to; nothing unless it says so. */
  readonly connect?: string;
  /** Into the head, for a browser without scripts. */
  readonly noscript?: string;
}

const SOURCE_OF: Readonly<Record<PageName, PageSource>> = {
  'report-page.html': { entry: 'main.tsx', styles: ['styles', 'incident/styles'] },
  'status-page.html': {
    entry: 'status/main.tsx',
    styles: ['styles', 'status/styles'],
    connect: "'self'",
    noscript: '<meta http-equiv="refresh" content="60">',
  },
};

export interface BuiltPage {
  /** The whole page but for its title, its plain text and its data. */
  readonly template: string;
  /** Folders of the packages inside it. */
  readonly packages: ReadonlySet<string>;
}

/** Bundles a page: one script, one style sheet, each allowed by its hash alone. */
export async function buildPage(name: PageName): Promise<BuiltPage> {
  const source = SOURCE_OF[name];
  const bundle = await rolldown({
    input: join(SOURCES, source.entry),
    tsconfig: join(SOURCES, 'tsconfig.json'),
    onLog: (_, { message }) => {
      throw new Error(message);
    },
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true });
  await bundle.close();
  const [chunk] = output;
  const script = chunk.code.trim();
  if (/<\/script|<!--/i.test(script)) throw new Error('the script would end before its end');
  const sheets = await Promise.all(source.styles.map(styleSheet));
  return {
    template: page(script, sheets.join(''), source),
    packages: packagesOf(chunk.moduleIds),
  };
}

/** Writes the pages into a folder; gives the folders of the packages inside them. */
export async function writePages(folder: string): Promise<Set<string>> {
  await mkdir(folder, { recursive: true });
  const packages = new Set<string>();
  for (const name of Object.keys(SOURCE_OF) as PageName[]) {
    const built = await buildPage(name);
    for (const one of built.packages) packages.add(one);
    await writeFile(join(folder, name), built.template);
  }
  return packages;
}

async function styleSheet(name: string): Promise<string> {
  const folder = join(SOURCES, name);
  const names = (await readdir(folder)).sort();
  const sheets = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return sheets
    .join('')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replaceAll(': ', ':')
    .trim();
}

function page(script: string, style: string, { connect, noscript }: PageSource): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    ...(connect === undefined ? [] : [`connect-src ${connect}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
${noscript === undefined ? '' : `<noscript>${noscript}</noscript>\n`}<title>%TITLE%</title>
<style>${style}</style>
</head>
<body>
<div id="report">%PLAIN%</div>
<script type="application/json" id="data">%DATA%</script>
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

if (import.meta.main) await writePages(process.argv[2] ?? dirname(SOURCES));
