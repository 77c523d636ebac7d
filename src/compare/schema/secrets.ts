import type { SchemaNode } from '../../profile/schema/node.ts';
import { nodeAt } from './locate.ts';
import { inClear } from './masks.ts';
import { unescapePointer } from './pointer.ts';
import type { Change } from './report.ts';

/** What no answer has by accident: words of authentication (`token`, `session`) name much else. */
const SECRET =
  /(?:^|_)(?:passw(?:or)?d|pwd|passphrase|passcode|secret|secret_?key|private_?key|access_?key|signing_?key|connection_?string|ssn|cvv2?|cvc2?|card_?number|pan|t?otp|salt)(?:_(?:hash|digest|value|plain|clear))?$/;

/** That a field which is new is, by its name, a secret in clear; undefined for any other change. */
export function secretAdded(change: Change, cand: SchemaNode): Change | undefined {
  const { rule, pointer } = change;
  if (rule !== 'schema.field-added') return undefined;
  const name = unescapePointer(pointer.slice(pointer.lastIndexOf('/') + 1));
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll('-', '_');
  if (!SECRET.test(words.toLowerCase())) return undefined;
  const node = nodeAt(cand, pointer);
  if (!node || inClear(node).some + node.count('integer') <= 0) return undefined;
  const { atMost: _, ...rest } = change;
  return { ...rest, rule: 'schema.secret-added', what: 'is new, and a secret by its name' };
}
