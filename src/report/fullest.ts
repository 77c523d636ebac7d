/** GitHub drops a job summary above 1 MiB in silence. */
export const JOB_SUMMARY_BYTES = 1_000_000;

/**
 * What is rendered with the first of the stages with which it is at most `maxSize`, as `sizeOf` measures
 * it (bytes of UTF-8); later stages show less. With the last one where it never is.
 */
export function fullest<Limits>(
  stages: readonly Limits[],
  render: (limits: Limits) => string,
  maxSize: number,
  sizeOf: (text: string) => number = Buffer.byteLength,
): string {
  let text = '';
  for (const limits of stages) {
    text = render(limits);
    if (sizeOf(text) <= maxSize) return text;
  }
  return text;
}
