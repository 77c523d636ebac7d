/** Unix ms with fraction, from a clock that never steps back. */
export function unixNow(): number {
  return performance.timeOrigin + performance.now();
}
