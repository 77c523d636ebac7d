import { redactName } from './redact.ts';

/** Shorter names hold no secret that could be told from a word. */
const SHORTEST = 8;
const MAX_CACHED = 10_000;
const known = new Map<string, string>();

/**
 * A name from traffic (of a workload, a header, a topic, a statement) without the secrets in it, which
 * are `[redacted]`. A pure function; the cache only saves time: few names are met by many calls.
 */
export function redactedName(name: string): string {
  if (name.length < SHORTEST) return name;
  let told = known.get(name);
  if (told === undefined) {
    if (known.size >= MAX_CACHED) known.clear();
    told = redactName(name);
    known.set(name, told);
  }
  return told;
}
