import { redactedName } from '../redacted-name.ts';
import { fixed } from '../segment.ts';
import { classify } from '../segment-class.ts';
import type { Protocol } from './protocol.ts';
import { methodOf, objectOf, textMember } from './text.ts';

const writes = /^(?:ADD|MODIFY|DELETE|DEL|MODDN|MODIFYDN|MODRDN)/;
/** Attributes that place an entry; the values of all others name one. */
const structural: ReadonlySet<string> = new Set(['dc', 'ou', 'o', 'c', 'l', 'st']);

/** LDAP: operation and the shape of the distinguished name. RFC 4514. */
export const ldap: Protocol = (call) => {
  const method = methodOf(call.method);
  const name =
    call.path.trim() ||
    (textMember(objectOf(call.requestBody), 'baseObject', 'base', 'dn', 'entry', 'object') ?? '');
  const parts = name.slice(0, 1024).split(/(?<!\\),/, 24);
  const shape = parts.map((part) => relative(part.trim())).join(',');
  return {
    method,
    separator: '',
    segments: name === '' ? [] : [fixed(redactedName(shape))],
    mutation: writes.test(method.replace(/REQUEST$/, '')),
  };
};

function relative(part: string): string {
  const at = part.indexOf('=');
  const attribute = part.slice(0, at).trim().toLowerCase().slice(0, 64);
  if (at <= 0 || !/^[\w.-]+$/.test(attribute)) return '{id}';
  const value = part
    .slice(at + 1)
    .trim()
    .toLowerCase();
  const kept = structural.has(attribute) && !classify(value).includes('{');
  return `${attribute}=${kept ? value : '{id}'}`;
}
