import type { OperationPair } from '../pairs.ts';
import { unseenBefore } from '../stats/unseen.ts';
import { serverErrors } from './server-errors.ts';

/** By protocol, how likely a server error that was there all along shows so often, though never before. */
export type Hidden = (protocol: string) => ReturnType<typeof unseenBefore>;

/** How seldom server errors hide, learned from the operations of the same protocol. */
export function hiddenStatuses(pairs: readonly OperationPair[]): Hidden {
  const learned = new Map<string, ReturnType<typeof unseenBefore>>();
  return (protocol) => {
    const known = learned.get(protocol);
    if (known) return known;
    const places = pairs
      .filter(({ family }) => family.protocol === protocol)
      .map(({ base }) => ({ some: serverErrors(base, protocol), all: base.count }));
    const hidden = unseenBefore(places);
    learned.set(protocol, hidden);
    return hidden;
  };
}
