import type { SchemaNode } from '../../profile/schema/node.ts';
import { nodeAt } from './locate.ts';
import { inClear } from './masks.ts';
import { escapePointer, unescapePointer } from './pointer.ts';
import type { Change } from './report.ts';

/** What no answer has by accident: words of authentication (`token`, `session`) name much else. */
const SECRET =
  /(?:^|_)(?:passw(?:or)?d|pwd|passphrase|passcode|secret|secret_?key|private_?key|access_?key|signing_?key|connection_?string|ssn|cvv2?|cvc2?|card_?number|pan|t?otp|salt)(?:_(?:hash|digest|value|plain|clear))?$/;

/** That what is new is, or holds, a secret in clear, by its name; undefined for any other change. */
export function secretAdded(change: Change, cand: SchemaNode): Change | undefined {
  const { rule, pointer } = change;
  if (rule !== 'schema.field-added') return undefined;
  const node = nodeAt(cand, pointer);
  const name = unescapePointer(pointer.slice(pointer.lastIndexOf('/') + 1));
  const secret = node && secretIn(node, name, pointer);
  if (secret === undefined) return undefined;
  const { atMost: _, ...rest } = change;
  const what = 'is new, and a secret by its name';
  return { ...rest, rule: 'schema.secret-added', pointer: secret, what };
}

/** Where the first secret in clear stands: the value of that name itself, or one below it. */
function secretIn(node: SchemaNode, name: string, pointer: string): string | undefined {
  if (isSecret(name) && inClear(node).some + node.count('integer') > 0) return pointer;
  for (const [below, { node: field }] of node.object?.properties ?? []) {
    const secret = secretIn(field, below, `${pointer}/${escapePointer(below)}`);
    if (secret !== undefined) return secret;
  }
  const items = node.array?.items;
  return items && secretIn(items, '*', `${pointer}/*`);
}

function isSecret(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll('-', '_');
  return SECRET.test(words.toLowerCase());
}
