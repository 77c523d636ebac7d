/** What an alert is about. All text may come from traffic: escape it where it is shown. */
export interface Subject {
  /** The workload at fault, or concerned: who serves the operation, or who does what it should not. */
  readonly workload: string;
  /** Plain form, `orders GET /orders/{id}`. */
  readonly operation?: string;
  /** Who calls, where the edge matters. */
  readonly caller?: string;
  /** The host, field, address or pattern, bounded; never a payload value. */
  readonly detail?: string;
}

/** The same text for the same subject, and for no other. */
export function subjectKey({ workload, operation, caller, detail }: Subject): string {
  return JSON.stringify([workload, operation ?? null, caller ?? null, detail ?? null]);
}
