/** What an operation must show in the candidate, whatever the baseline was. */
export interface Requirement {
  /** Plain form, `orders POST /orders`; a star stands for any text. */
  readonly operation: string;
  /** Calls that must be seen; 1 when unsaid. */
  readonly minCalls?: number | undefined;
  /** ms */
  readonly maxP95?: number | undefined;
  readonly maxP99?: number | undefined;
  /** Share (0…1) of the calls that may fail by the server's fault. */
  readonly maxErrorShare?: number | undefined;
}

/** Whether an operation is meant. In time linear in both texts, since both may come from strangers. */
export function isMeant({ operation: pattern }: Requirement, operation: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return operation === pattern;
  if (!operation.startsWith(head)) return false;
  let at = head.length;
  for (const part of rest) {
    const found = operation.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return operation.length - at >= tail.length && operation.endsWith(tail);
}
