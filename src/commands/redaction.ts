import { UsageError } from '../support/errors.ts';

/**
 * How much of the traffic's values may be seen, from more to less. `personal`: no secrets and no
 * personal data (e-mail, phone, card, social security); `all`: no value at all, only names and shapes.
 */
export const REDACTION_LEVELS = ['personal', 'all'] as const;
export type RedactionLevel = (typeof REDACTION_LEVELS)[number];

/** What stands for every name. */
const EVERY_NAME = '*';

/**
 * The names whose values are secret, by the level and the names that were given: the stricter counts,
 * so that neither loosens the other.
 */
export function secretNamesAt(level: RedactionLevel, names: readonly string[]): readonly string[] {
  return level === 'all' || names.includes(EVERY_NAME) ? [EVERY_NAME] : names;
}

/** Throws UsageError for an option that writes payloads where none may be seen. */
export function refusePayloads(
  names: readonly string[],
  given: Readonly<Record<string, unknown>>,
): void {
  if (!names.includes(EVERY_NAME)) return;
  const [option] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (option === undefined) return;
  throw new UsageError(`${option} writes payloads, and all values are to be redacted`, {
    hint: 'leave one of them out: --redact all, or redact in wireproof.yml',
  });
}
