import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

const SOURCES = join(import.meta.dirname, '..', 'src', 'report', 'page');
/** The name under which html-template.ts looks for it. */
export const TEMPLATE = 'report-page.html';

export interface ReportPage {
  /** The whole page but for its title, its plain text and its data. */
  readonly template: string;
  /** What the packages inside it ask to be told, as ncc writes it. */
  readonly licenses: string;
}

/** Bundles the page of report.html: one script, one style sheet, each allowed by its hash alone. */
export async function buildReportPage(): Promise<ReportPage> {
  const bundle = await rolldown({
    input: join(SOURCES, 'main.tsx'),
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
  const style = await styleSheet();
  return { template: page(script, style), licenses: await licensesOf(chunk.moduleIds) };
}

/** Writes the page into a folder; gives its licenses. */
export async function writeReportPage(folder: string): Promise<string> {
  const { template, licenses } = await buildReportPage();
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, TEMPLATE), template);
  return licenses;
}

async function styleSheet(): Promise<string> {
  const folder = join(SOURCES, 'styles');
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

function page(script: string, style: string): string {
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
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
<title>%TITLE%</title>
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

/** The licenses of the packages that modules come from, by name. */
async function licensesOf(modules: readonly string[]): Promise<string> {
  const packages = new Map<string, string>();
  for (const id of modules) {
    const [, name] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id) ?? [];
    if (name !== undefined)
      packages.set(name, id.slice(0, id.lastIndexOf(`/${name}/`) + name.length + 1));
  }
  const texts: string[] = [];
  for (const [name, folder] of [...packages].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : await readFile(join(folder, file), 'utf8');
    texts.push(`${name}\n${license}\n${text.trim()}\n`);
  }
  return texts.join('\n');
}

if (import.meta.main) await writeReportPage(process.argv[2] ?? dirname(SOURCES));
