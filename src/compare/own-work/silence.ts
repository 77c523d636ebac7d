/** A shorter silence at the end, as a share (0…1) of the time, may be a restart. */
export const SHORT_SILENCE = 0.25;
/** Calls to be expected from which on none, or another number, means something. */
export const LEAST_EXPECTED = 10;

/** Whether a silence at the end is long enough to be told, and enough calls were `due` in it. */
export function isLongSilence(silence: number, due: number): boolean {
  return silence >= SHORT_SILENCE && due >= LEAST_EXPECTED;
}
