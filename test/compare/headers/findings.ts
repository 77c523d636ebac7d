import { compared, messages } from '../schema/make.ts';

export type Headers = Readonly<Record<string, string>>;
export type Each = (i: number) => Headers;

const json = { 'content-type': 'application/json' };

/** What is found in the headers of so many messages on each side. */
export function findings(
  side: 'request' | 'response',
  before: Each,
  after: Each,
  counts = [50, 50],
) {
  const field = side === 'request' ? 'requestHeaders' : 'responseHeaders';
  const made = (count: number, headers: Each, prefix: string) =>
    messages(
      side,
      count,
      () => ({ id: 1 }),
      (i) => ({ [field]: new Map(Object.entries({ ...json, ...headers(i) })) }),
      prefix,
    );
  const [base, cand] = [made(counts[0] ?? 0, before, 'b'), made(counts[1] ?? 0, after, 'c')];
  return compared(side, base, cand).findings;
}

/** The same in short. */
export const told = (...given: Parameters<typeof findings>) =>
  findings(...given).map(
    ({ severity, rule, undecided }) => `${severity} ${rule}${undecided ? ' ?' : ''}`,
  );

/** In the first `some` messages. */
export const first =
  (some: number, given: Headers): Each =>
  (i) =>
    i < some ? given : {};
