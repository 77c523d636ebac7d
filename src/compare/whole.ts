interface Mergeable<T> {
  merge(other: T): void;
}

/**
 * All parts as one. A part that is alone is taken as it is, since most are: don't add to what comes
 * out.
 */
export function wholeOf<T extends Mergeable<T>>(parts: readonly T[], create: () => T): T {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const whole = create();
  for (const part of parts) whole.merge(part);
  return whole;
}
