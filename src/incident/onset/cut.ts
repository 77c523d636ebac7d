import type { Reading } from '../reading/reading.ts';
export function cutOf(_: Reading): number | undefined {
  return undefined;
}
