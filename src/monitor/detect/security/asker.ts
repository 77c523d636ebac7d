import type { Call } from '../../../calls/call.ts';
import type { Subject } from '../../subject.ts';

/** Names that stand for many senders: each address is one of its own. */
const MANY = new Set(['outside', 'inside', 'unknown']);

/** Who calls: a workload, or an address where the name stands for many. */
export function askerOf({ src }: Call): Pick<Subject, 'workload' | 'detail'> {
  const { name, kind } = src.workload;
  return MANY.has(kind) && src.ip !== undefined
    ? { workload: name, detail: src.ip }
    : { workload: name };
}

/** The same in words, and as a key. */
export function askerName({ workload, detail }: Pick<Subject, 'workload' | 'detail'>): string {
  return detail === undefined ? workload : `${detail} (${workload})`;
}
