import type { OperationStats } from '../../profile/operation-stats.ts';
import { batchesIn, messagesIn } from '../message-count.ts';
import type { OperationPair } from '../pairs.ts';
import { givesMessages, queueIn, takesMessages } from '../waiting.ts';
import { type Beside, type CallsTo, isOnlyCaller } from './own-calls.ts';

/** Bytes of an answer up to which all messages in it are seen: sources keep a mebibyte, measured within 2 %. */
const SEEN_WHOLE = 1_000_000;

/**
 * How many messages a workload took, by the queues that it looks into: as it fetched them (where nobody
 * else does; in batches too, of an answer or a partition), and as they were published. Neither where not
 * all were seen.
 */
export function messagesTaken(
  workload: string,
  mine: readonly CallsTo[],
  pairs: readonly OperationPair[],
): Beside[] {
  const taken = mine.filter(({ pair }) => takesMessages(pair));
  const names = new Set(taken.map(({ pair }) => queueOf(pair)));
  const fetched = taken
    .filter((edge) => isOnlyCaller(workload, edge, 'base') && isOnlyCaller(workload, edge, 'cand'))
    .filter(({ pair }) => areFetchedWhole(pair.base) && areFetchedWhole(pair.cand))
    .flatMap(({ pair }) => [
      besideOf(pair, 'messages', (stats) => messagesIn(stats, 'response')),
      besideOf(pair, 'batches', (stats) => batchesIn(stats, 'answer')),
      besideOf(pair, 'batches', (stats) => batchesIn(stats, 'partition')),
    ]);
  const published = pairs
    .filter((pair) => givesMessages(pair) && names.has(queueOf(pair)))
    .filter(({ base, cand }) => areAlikeSeen(base) && areAlikeSeen(cand))
    .map((pair) =>
      besideOf(pair, 'messages', (stats) => messagesIn(stats, 'request') || stats.count),
    );
  return [...fetched, ...published];
}

function besideOf(
  { operation, base, cand }: OperationPair,
  unit: Beside['unit'],
  count: (stats: OperationStats) => number,
): Beside {
  return { operation, unit, base: count(base), cand: count(cand) };
}

/** Whether no answer was longer than what is kept. That nothing came is unknown as well, and no matter. */
function areFetchedWhole({ statuses }: OperationStats): boolean {
  return statuses.every(([, { response }]) => response.sizes.countAbove(SEEN_WHOLE) === 0);
}

/** Whether what was published is seen of all calls, or of none, each of which is one message then. */
function areAlikeSeen({ request: { bodies } }: OperationStats): boolean {
  return bodies.known === 0 || bodies.unknown === 0;
}

/**
 * Whether what a workload fetches may be of another name than it is known by: a consumer names topics
 * by ids, whose names may have been told before a capture began.
 */
export function isAnyTopic({ pair, base, cand }: CallsTo, mine: readonly CallsTo[]): boolean {
  if (!takesMessages(pair) || (base > 0 && cand > 0)) return false;
  const others = mine.filter(
    (other) =>
      other.pair.family.workload === pair.family.workload &&
      other.pair !== pair &&
      takesMessages(other.pair) &&
      (base > 0 ? other.cand : other.base) > 0,
  );
  return queueIn(pair) === ''
    ? others.length > 0
    : others.some((other) => queueIn(other.pair) === '');
}

/** Broker and name. */
function queueOf(pair: OperationPair): string {
  return `${pair.family.workload} ${queueIn(pair)}`;
}
