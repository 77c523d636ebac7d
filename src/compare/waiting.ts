import type { OperationStats } from '../profile/operation-stats.ts';
import type { OperationPair } from './pairs.ts';

/** Commands of Redis that wait until something comes, or until their timeout. */
const REDIS = new Set(
  'BLMOVE BLMPOP BLPOP BRPOP BRPOPLPUSH BZMPOP BZPOPMAX BZPOPMIN XREAD XREADGROUP WAIT'.split(' '),
);
const EVENTS = 'text/event-stream';
/** What polls are called that are answered when there is news, in many an API. */
const POLL = /\/(?:(?:long-?)?poll(?:ing)?|getUpdates|_changes)$/i;
/** The parameter by which Kubernetes is asked to tell of changes until a timeout. */
const WATCH = 'watch';

/**
 * Whether calls of an operation take as long as it takes until there is something to answer: a fetch
 * from a queue, a blocking read, a stream of events. Half the load makes them slower, and so does a
 * quiet hour; how fast the server is they don't show.
 */
export function waitsForData(pair: OperationPair): boolean {
  const { operation, family, base, cand } = pair;
  if (family.protocol === 'kafka' || family.protocol === 'redis') return takesMessages(pair);
  if (POLL.test(operation) || (isWatch(base) && isWatch(cand))) return true;
  return takesMessages(pair) || (streamsEvents(base) && streamsEvents(cand));
}

/** Whether an operation takes messages from a queue, so that whoever calls it works by itself. */
export function takesMessages({ operation, family }: Pick<OperationPair, 'operation' | 'family'>) {
  const method = family.method.toUpperCase();
  if (family.protocol === 'kafka') return method === 'FETCH';
  if (family.protocol === 'redis') return REDIS.has(method);
  // Of SQS, by either of its protocols that name the action.
  return /[#.]ReceiveMessage$/.test(operation);
}

/** Whether an operation gives messages to a queue, whose readers rely on what its requests hold. */
export function givesMessages({ family }: Pick<OperationPair, 'family'>): boolean {
  const method = family.method.toUpperCase();
  return method === (family.protocol === 'kafka' ? 'PRODUCE' : 'BASIC.PUBLISH');
}

/** Whether an operation is a broker's that sends a consumer what was published, unasked. */
export function deliversMessages({ family }: Pick<OperationPair, 'family'>): boolean {
  return family.method.toUpperCase() === 'BASIC.DELIVER';
}

/** What messages are sorted by: a topic or a key, or exchange and routing key. */
export function queueIn({
  operation,
  family: { workload, method },
}: Pick<OperationPair, 'operation' | 'family'>): string {
  return operation.slice(`${workload} ${method} `.length);
}

function isWatch({ request, count }: OperationStats): boolean {
  const asked = request.query?.object?.properties.get(WATCH)?.node.total ?? 0;
  return asked > count / 2;
}

function streamsEvents({ statuses }: OperationStats): boolean {
  let streams = 0;
  let bodies = 0;
  for (const [, { response }] of statuses) {
    streams += response.contentTypes.get(EVENTS);
    bodies += response.contentTypes.total();
  }
  return streams > bodies / 2;
}
