import type { OperationPair } from './pairs.ts';
import { takesMessages } from './waiting.ts';

/** What only those do who look for work by themselves: take messages, or rows of an outbox. */
export function isWork(pair: OperationPair): boolean {
  return takesMessages(pair) || / for update skip locked$/i.test(pair.operation);
}

/** What a page is made of: it may come from a cache, and has another name in each build. */
export function isAsset({ family, base }: OperationPair): boolean {
  const isData = base.statuses.some(([, { response }]) =>
    response.kinds.some(([kind]) => kind === 'json'),
  );
  return !family.mutation && !isData;
}

/** Done as time goes by, whatever comes, by each pod. */
export function isClocked({ family }: OperationPair): boolean {
  return /^(?:OFFSETCOMMIT|HEARTBEAT)\b/.test(family.method);
}

/** How often, is for how many messages come at a time to say. */
export function isPerBatch(pair: OperationPair): boolean {
  return isWork(pair) || /^OFFSETCOMMIT\b/.test(pair.family.method);
}

/** What a workload does when something comes. */
export function isOfEvents(pair: OperationPair): boolean {
  return pair.family.mutation && !isClocked(pair) && !isTransaction(pair.family.method);
}

const TRANSACTION = /^(?:BEGIN|START|COMMIT|ROLLBACK|SAVEPOINT|MULTI|EXEC|DISCARD)\b/;

/** What makes statements one: neither writes, nor is put in the place of another. */
export function isTransaction(method: string): boolean {
  return TRANSACTION.test(method);
}

const OPENING = /^(?:BEGIN|START|MULTI)\b/;

export function opensTransaction(method: string): boolean {
  return OPENING.test(method);
}
