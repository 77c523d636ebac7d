import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import type { Alert } from '../monitor/alert.ts';
import type { AlertRule } from '../monitor/alert-rule.ts';
import { AlertBook } from '../monitor/alerts/alert-book.ts';
import { DETECTORS } from '../monitor/detectors.ts';
import { OWN_RULES } from '../monitor/own-rules.ts';
import { CaptureError } from '../support/errors.ts';
import { byCodeUnit, type Json } from '../support/json.ts';

const MAX_BYTES = 512 * 1024 * 1024;

/** What a monitor keeps of one scope, for who looks at its state from outside. */
export interface KeptScope {
  readonly scope: string;
  /** Until when it has judged, Unix ms; null before its first interval. */
  readonly judgedTo: number | null;
  readonly firing: readonly Alert[];
}

/** The scopes in a monitor's state, which is left as it is; none where there is no state. Throws CaptureError. */
export async function keptScopes(stateDir: string): Promise<readonly KeptScope[]> {
  const names = await readdir(join(stateDir, 'scopes')).catch(() => []);
  const scopes: KeptScope[] = [];
  for (const name of names.sort(byCodeUnit)) {
    const path = join(stateDir, 'scopes', name, 'state.json.zst');
    try {
      scopes.push(scopeOf(name, await readState(path)));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') continue;
      throw new CaptureError(`cannot read ${path}: ${(cause as Error).message}`, { cause });
    }
  }
  return scopes;
}

async function readState(path: string): Promise<{ readonly [key: string]: Json }> {
  const text = zstdDecompressSync(await readFile(path), { maxOutputLength: MAX_BYTES }).toString();
  return JSON.parse(text) as { readonly [key: string]: Json };
}

function scopeOf(scope: string, kept: { readonly [key: string]: Json }): KeptScope {
  const rules = new Map<string, AlertRule>(
    DETECTORS.flatMap((kind) => kind.rules.map((rule) => [rule.id, rule] as const)),
  );
  const own = new Map(OWN_RULES.map((rule) => [rule.id, rule]));
  return {
    scope,
    judgedTo: typeof kept.judgedTo === 'number' ? kept.judgedTo : null,
    firing: [
      ...new AlertBook(scope, rules, kept.book).firing(),
      ...new AlertBook(scope, own, kept.own).firing(),
    ],
  };
}
