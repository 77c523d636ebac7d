import { z } from 'zod';
import type { Json } from '../support/json.ts';

const short = z.string().max(512);
const names = z.array(short).max(1_000);
/** Unix ms; null where a window holds no call. */
const instant = z.number().int().nullable();

const scope = z.strictObject({
  namespace: names,
  workload: names,
  kfl: z.string().max(65_536).optional(),
});

const run = {
  /** Host and path, as in `github.com/acme/shop`. */
  repository: short.optional(),
  commit: short.optional(),
  /** As `refs/heads/main`. */
  ref: short.optional(),
  workflow: short.optional(),
  runId: short.optional(),
  environment: short.optional(),
  /** Wireproof's version. */
  wireproof: short,
};

const window = z.strictObject({ ...run, start: instant, end: instant, calls: z.int().min(0) });

const provenance = z.strictObject({ scope, windows: z.array(window).min(1).max(50) });

/** What was asked to be captured; empty lists are everything. */
export type Scope = z.output<typeof scope>;

/** The run that captured something: as much of it as the environment tells. */
export interface Run extends Omit<WindowProvenance, 'start' | 'end' | 'calls'> {}

/** Where one window of a baseline comes from, and when it was. */
export type WindowProvenance = Readonly<z.output<typeof window>>;

/**
 * Where a stored baseline comes from. It stands beside the profiles, never in them: the same calls
 * give the same profile whoever captured them. A rolling baseline has windows of several runs.
 */
export interface Provenance {
  readonly scope: Scope;
  /** In the order of the windows that are stored with it: the last is the newest. */
  readonly windows: readonly WindowProvenance[];
}

/** Throws RangeError with the reason: it may come from a stranger. */
export function provenanceOf(json: unknown): Provenance {
  const parsed = provenance.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RangeError(`${['provenance', ...(issue?.path ?? [])].join('.')}: ${issue?.message}`);
}

/** Keys in a fixed order: the same provenance gives the same bytes. */
export function provenanceJson({ scope, windows }: Provenance): Json {
  return provenance.parse({ scope, windows }) as Json;
}
