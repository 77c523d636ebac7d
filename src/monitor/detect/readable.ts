import type { Json } from '../../support/json.ts';

/** What was kept, read; what can't be read is taken for nothing. */
export function readable<T>(kept: Json | undefined, read: (json: Json) => T, nothing: () => T): T {
  if (kept === undefined) return nothing();
  try {
    return read(kept);
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return nothing();
    throw error;
  }
}
