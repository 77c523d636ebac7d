import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type FileKind, fileKind } from '../commands/file-kind.ts';
import { byCodeUnit } from '../support/json.ts';
import type { Root } from './root.ts';

const MAX_DEPTH = 4;
const MAX_ENTRIES = 5_000;
/** Files whose content is looked at, and files that are listed. */
const MAX_LOOKED_AT = 500;
const MAX_LISTED = 100;
const NAMES = /\.(?:json|ndjson|jsonl)(?:\.gz|\.zst)?$/;
/** Any JSON could be calls: only those named so are listed. */
const CAPTURES = /\.(?:ndjson|jsonl)(?:\.gz|\.zst)?$/;
const SKIPPED = /^(?:\.(?!wireproof$).*|node_modules)$/;

export interface ServedFile {
  /** As clients name it. */
  readonly name: string;
  readonly kind: FileKind;
}

/** Captures, profiles and reports under the root, in code-unit order; at most a hundred, links not followed. */
export async function filesUnder(root: Root): Promise<readonly ServedFile[]> {
  const found: ServedFile[] = [];
  for (const path of (await namesUnder(root.path)).slice(0, MAX_LOOKED_AT)) {
    if (found.length === MAX_LISTED) break;
    const kind = await fileKind(path);
    const listed = kind !== undefined && (kind !== 'calls' || CAPTURES.test(path));
    if (listed) found.push({ name: root.nameOf(path), kind });
  }
  return found;
}

async function namesUnder(folder: string): Promise<string[]> {
  const found: string[] = [];
  const folders = [{ path: folder, depth: 0 }];
  let entries = 0;
  for (let next = folders.shift(); next && entries < MAX_ENTRIES; next = folders.shift()) {
    const { path, depth } = next;
    const inside = await readdir(path, { withFileTypes: true }).catch(() => []);
    entries += inside.length;
    for (const entry of inside.sort((a, b) => byCodeUnit(a.name, b.name))) {
      if (SKIPPED.test(entry.name)) continue;
      const at = join(path, entry.name);
      if (entry.isDirectory() && depth < MAX_DEPTH) folders.push({ path: at, depth: depth + 1 });
      if (entry.isFile() && NAMES.test(entry.name)) found.push(at);
    }
  }
  return found.sort(byCodeUnit);
}
