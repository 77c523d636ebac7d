import { UsageError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';
import { byCodeUnit } from '../support/json.ts';
import type { Provenance, Scope } from './provenance.ts';

/** A scope as it was asked for, each name once and in a fixed order. */
export function scopeOf(asked: {
  readonly namespace?: readonly string[] | undefined;
  readonly workload?: readonly string[] | undefined;
  readonly kfl?: string | undefined;
}): Scope {
  const once = (names: readonly string[] = []) => [...new Set(names)].sort(byCodeUnit);
  const kfl = asked.kfl?.trim();
  return { namespace: once(asked.namespace), workload: once(asked.workload), ...(kfl && { kfl }) };
}

/** Refuses a baseline that was captured with another scope. Throws UsageError that names both. */
export function refuseOtherScope(name: string, { scope }: Provenance, asked: Scope): void {
  for (const key of ['namespace', 'workload', 'kfl'] as const) {
    const [stored, wanted] = [told(scope[key]), told(asked[key])];
    if (stored === wanted) continue;
    throw new UsageError(
      `${name} does not fit: it was captured with ${key} ${stored}, this run has ${key} ${wanted}`,
      { hint: `give the same --${key} to both, or store the baseline in another place` },
    );
  }
}

/** Refuses a baseline of another repository, where both are known. Throws UsageError. */
export function refuseOtherRepository(
  name: string,
  { windows }: Provenance,
  repository: string | undefined,
): void {
  if (repository === undefined) return;
  const other = windows.find((window) => (window.repository ?? repository) !== repository);
  if (other === undefined) return;
  throw new UsageError(
    `${name} does not fit: it is of ${visible(other.repository ?? '', 200)}, this is ${visible(repository, 200)}`,
    { hint: 'store a baseline from this repository, in a place of its own' },
  );
}

function told(value: string | readonly string[] | undefined): string {
  const text = typeof value === 'string' ? value : (value ?? []).join(',');
  return text === '' ? '(all)' : visible(text, 200);
}
