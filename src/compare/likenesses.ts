import type { OperationPair } from './pairs.ts';
import { isTransaction } from './work-kinds.ts';

/** An operation as it is called. */
export interface Callee extends Pick<OperationPair, 'family'> {
  /** Its path, statement or topic. */
  readonly what: string;
}

export function calleeOf({
  operation,
  family,
}: Pick<OperationPair, 'operation' | 'family'>): Callee {
  return { family, what: operation.slice(`${family.workload} ${family.method}`.length) };
}

/** How what is called now may be what was called before. */
export type Likeness = (was: Callee, is: Callee) => boolean;

export const otherTransaction: Likeness = ({ family: was }, { family: is }) =>
  was.workload === is.workload && isTransaction(was.method) && isTransaction(is.method);

export const otherTarget: Likeness = ({ family: was }, { family: is }) =>
  was.workload === is.workload && was.method === is.method;

export const otherMethod: Likeness = (was, is) =>
  was.family.workload === is.family.workload && was.what === is.what;

export const otherHost: Likeness = (was, is) =>
  was.family.method === is.family.method && was.what === is.what;

export const otherProtocol: Likeness = ({ family: was }, { family: is }) =>
  was.workload === is.workload && was.protocol !== is.protocol;
