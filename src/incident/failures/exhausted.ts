/** Statuses by which stores say that they have no more connections: PostgreSQL, MySQL, and words. */
const CODES = new Set(['53300', '53400', '1040', '1203', '1226']);
const WORDS = /too many (?:connections|clients)|max number of clients|connection limit/i;

/** Whether a status says that there are no more connections. */
export function saysExhausted(status: string | undefined): boolean {
  return status !== undefined && (CODES.has(status) || WORDS.test(status));
}
