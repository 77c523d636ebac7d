import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

export interface Example {
  readonly path: string;
  readonly text: string;
}

const ROOT = 'examples';

/** Every file under examples/. */
export const EXAMPLES: readonly Example[] = readdirSync(ROOT, {
  recursive: true,
  withFileTypes: true,
})
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .sort()
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }));

export const WORKFLOWS = EXAMPLES.filter(({ path }) => path.startsWith('examples/github/'));

export const MANIFESTS = EXAMPLES.filter(({ path }) => path.endsWith('.yaml'));

export function exampleAt(path: string): Example {
  const found = EXAMPLES.find((example) => example.path === `examples/${path}`);
  if (!found) throw new Error(`there is no examples/${path}`);
  return found;
}

/** The documents of a YAML file. Throws on its first error or warning. */
export function documentsOf({ path, text }: Example): unknown[] {
  return parseAllDocuments(text).map((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem) throw new Error(`${path}: ${problem.message}`);
    return document.toJS();
  });
}

/** Every text in a document, whichever its key. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
