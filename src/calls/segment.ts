import { hash32 } from '../support/hash.ts';
import { holdsCredential } from './secret-formats.ts';

/**
 * Tokens that a target's segments are made of:
 * - `{uuid}`: the class of what surely varies
 * - `acct_{id}`: a word with a part that surely varies
 * - `=SELECT …`: a name that is never a value, such as a statement or a topic
 * - `.json`, `:publish`, `#GetItem`: what follows the token before it without a separator
 * - anything else: a literal word, percent-encoded where it holds a brace or begins with a mark above
 */

/** Characters kept of one token. */
export const MAX_TOKEN = 64;
/** Tokens kept of one target; what follows is `{rest}`. */
export const MAX_TOKENS = 24;
/** Characters kept of a name: a statement, a topic, a DNS name. */
const MAX_NAME = 480;

const marks = '=:#';
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what must not pass
const unsafe = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029\ud800-\udfff{}%/?#]/gu;

/** What stands for a credential in a target. */
export const SECRET = '{secret}';

/** A word as a token; braces, controls and separators percent-encoded. A credential is a class. */
export function literal(word: string): string {
  if (holdsCredential(word)) return SECRET;
  const safe = word.replace(unsafe, encode);
  if (safe === '.json' || safe === '.xml' || marks.includes(safe[0] ?? ' '))
    return encode(safe[0] as string) + safe.slice(1);
  return safe;
}

/**
 * A token that is never taken for a value, whatever stands beside it; the middle of a long one is its
 * hash. The name must hold no secret any more.
 */
export function fixed(name: string): string {
  if (name.length <= MAX_NAME) return `=${name}`;
  const hash = hash32(name).toString(16).padStart(8, '0');
  return `=${name.slice(0, MAX_NAME - 160)}…${hash}…${name.slice(-140)}`;
}

export function isClass(token: string): boolean {
  return token.startsWith('{');
}

/** Whether some part of the token surely varies. */
export function varies(token: string): boolean {
  return !isFixed(token) && token.includes('{');
}

export function isFixed(token: string): boolean {
  return token.startsWith('=');
}

/** Whether the token follows the one before it without a separator. */
export function isSuffix(token: string): boolean {
  return token.startsWith(':') || token.startsWith('#') || token === '.json' || token === '.xml';
}

function encode(char: string): string {
  let encoded = '';
  for (const byte of new TextEncoder().encode(char)) {
    encoded += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}
