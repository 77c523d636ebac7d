import type { Body } from '../call.ts';
import { redactedName } from '../redacted-name.ts';

/** Characters of a body that a target is read from. */
const MAX_READ = 65_536;

/** The body's text as far as it was seen, bounded; empty when there is none. */
export function textOf(body: Body): string {
  if (body.state === 'absent' || body.state === 'binary') return '';
  return body.text.length > MAX_READ ? body.text.slice(0, MAX_READ) : body.text;
}

/** The body as a JSON object, or undefined when it is anything else (cut, too long, no JSON). */
export function objectOf(body: Body): ReadonlyMap<string, unknown> | undefined {
  const value = jsonOf(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value));
}

/** The body as JSON, or undefined. */
export function jsonOf(body: Body): unknown {
  if (body.state !== 'whole' || body.text.length > MAX_READ) return undefined;
  const first = body.text.trimStart()[0];
  if (first !== '{' && first !== '[') return undefined;
  try {
    return JSON.parse(body.text);
  } catch {
    return undefined;
  }
}

/** First of the named members that is text and not empty. */
export function textMember(
  object: ReadonlyMap<string, unknown> | undefined,
  ...names: string[]
): string | undefined {
  for (const name of names) {
    const value = object?.get(name);
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

const USUAL: ReadonlySet<string> = new Set('GET POST PUT PATCH DELETE HEAD OPTIONS'.split(' '));

/** A method as a bounded token in upper case: letters, digits and `._-`; anything else, or a secret, is `OTHER`. */
export function methodOf(method: string): string {
  if (USUAL.has(method)) return method;
  if (redactedName(method) !== method) return 'OTHER';
  const upper = method.trim().toUpperCase().replaceAll(' ', '.');
  return /^[A-Z0-9_.-]{1,40}$/.test(upper) ? upper : 'OTHER';
}
