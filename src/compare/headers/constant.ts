import type { HeaderStats } from '../../profile/message-headers.ts';
import type { Severity } from '../finding.ts';
import type { OperationPair } from '../pairs.ts';
import { LEAST, ONE } from '../schema/constants.ts';
import { eachOnce, type Share, type Support, weigh } from '../schema/share.ts';
import type { Weight } from '../schema/weight.ts';

/** Each request has its own, whoever asks. */
const OF_EACH_REQUEST = 'idempotency-key';

export interface Constant {
  readonly severity: Severity;
  readonly base: Share;
  readonly cand: Share;
  readonly weight: Weight;
}

/**
 * A header that said many different things and always says the same now: a key that was to tell
 * requests apart, or the token of a service in the place of its users'. Where no request at all tells
 * of `several` callers any more, one has asked for everything.
 */
export function headerConstant(
  name: string,
  before: HeaderStats,
  after: HeaderStats,
  support: Support,
  several: ReadonlySet<string>,
): Constant | undefined {
  if (differing(before) < LEAST || differing(after) === 0 || differing(after) > ONE)
    return undefined;
  const isKey = name === OF_EACH_REQUEST;
  if (!isKey && !several.has(name)) return undefined;
  const base = { some: before.count, all: before.count };
  const cand = { some: 0, all: after.count };
  // What the calls are about may be who asks, of whom one is left; retries bear the key of one request.
  const weight = weigh(base, cand, isKey ? eachOnce(support) : support);
  return weight === 'decided'
    ? { severity: isKey ? 'breaking' : 'warning', base, cand, weight }
    : undefined;
}

/** Headers that tell the candidate's callers apart in the requests of some operation. */
export function headersOfSeveral(pairs: readonly OperationPair[]): ReadonlySet<string> {
  const entries = pairs.flatMap(({ cand }) => cand.request.headers.entries());
  return new Set(entries.filter(([, stats]) => differing(stats) > ONE).map(([name]) => name));
}

/** About so many values. */
function differing({ values }: Readonly<HeaderStats>): number {
  return values?.size ?? 0;
}
