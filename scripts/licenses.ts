import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders of the packages that modules come from. */
export function packagesOf(modules: readonly string[]): Set<string> {
  const folders = modules.map((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id)?.[0]);
  return new Set(folders.filter((folder) => folder !== undefined));
}

interface License {
  readonly package: string;
  /** SPDX. */
  readonly license: string;
  readonly copyright: string;
  readonly text: string;
}

/**
 * What the packages in these folders ask to be told: each text once, below the packages that are
 * under it with the copyright of each. Throws where a package says no license.
 */
export async function licensesOf(folders: ReadonlySet<string>): Promise<string> {
  const all = await Promise.all([...folders].map(licenseOf));
  const byText = Map.groupBy(all, ({ license, text }) => `${license}\n\n${text}`);
  const parts = [...byText].map(([text, members]) => {
    const lines = members.map((one) => [one.package, one.copyright].filter(Boolean).join(': '));
    return `${[...new Set(lines)].sort().join('\n')}\n\n${text}\n`;
  });
  return parts.sort().join(`\n${'-'.repeat(80)}\n\n`);
}

async function licenseOf(folder: string): Promise<License> {
  const { name, license, author } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  ) as { name: string; license?: string; author?: string | { name: string } };
  const files = (await readdir(folder)).filter((entry) => /^(?:licen[cs]e|notice)/i.test(entry));
  if (license === undefined && files.length === 0) throw new Error(`${name} has no license`);
  const texts = await Promise.all(files.sort().map((file) => readFile(join(folder, file), 'utf8')));
  const paragraphs = texts.join('\n\n').split(/\r?\n/);
  const isCopyright = (line: string) => /^\s*(?:copyright\b|\(c\)|©).*\d{4}/i.test(line);
  const copyright = paragraphs.filter(isCopyright).map((line) => line.trim());
  // A package without its own text says at least who made it.
  const by = typeof author === 'string' ? author : (author?.name ?? '');
  return {
    package: name,
    license: license ?? '',
    copyright: (copyright.length > 0 ? copyright : [by]).join('; '),
    text: wrapped(paragraphs.filter((line) => !isCopyright(line)).join('\n')),
  };
}

/** How others may use the Apache License, with gaps to fill in: it follows the end of its terms. */
const APPENDIX =
  /(?<=END OF TERMS AND CONDITIONS)\n\nAPPENDIX: [\s\S]*?limitations under the License\./g;

/** The same text, however its lines are broken. */
function wrapped(text: string): string {
  const paragraphs = text.split(/\n\s*\n/).map((one) => one.trim().replace(/\s+/g, ' '));
  const whole = paragraphs.filter((one) => one !== '').join('\n\n');
  return whole.replace(APPENDIX, '');
}
