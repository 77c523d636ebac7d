import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';
import type { PageName } from '../src/report/html-template.ts';

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
  /** Folders of the packages inside it, by name. */
  readonly packages: ReadonlyMap<string, string>;
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

/** Writes the pages into a folder; gives what the packages inside them ask to be told, as ncc writes it. */
export async function writePages(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const packages = new Map<string, string>();
  for (const name of Object.keys(SOURCE_OF) as PageName[]) {
    const built = await buildPage(name);
    for (const [one, place] of built.packages) packages.set(one, place);
    await writeFile(join(folder, name), built.template);
  }
  return licensesOf(packages);
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

/** The packages that modules come from. */
function packagesOf(modules: readonly string[]): Map<string, string> {
  const packages = new Map<string, string>();
  for (const id of modules) {
    const [, name] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id) ?? [];
    if (name !== undefined)
      packages.set(name, id.slice(0, id.lastIndexOf(`/${name}/`) + name.length + 1));
  }
  return packages;
}

/** Their licenses, by name. */
async function licensesOf(packages: ReadonlyMap<string, string>): Promise<string> {
  const texts: string[] = [];
  for (const [name, folder] of [...packages].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : await readFile(join(folder, file), 'utf8');
    texts.push(`${name}\n${license}\n${text.trim()}\n`);
  }
  return texts.join('\n');
}

if (import.meta.main) await writePages(process.argv[2] ?? dirname(SOURCES));
