const SUFFIX = ' (background)';

/** The operation of findings on calls that a workload makes by itself. */
export function backgroundOf(workload: string): string {
  return `${workload}${SUFFIX}`;
}

export function isBackground(operation: string): boolean {
  return operation.endsWith(SUFFIX);
}
