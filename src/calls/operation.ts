import type { Family } from './protocols/protocol.ts';
import { isFixed, isSuffix, varies } from './segment.ts';

/** Characters of an operation's plain form. */
const MAX_PLAIN = 640;

/**
 * The plain form of an operation: `orders GET /api/orders/{id}`, `db SELECT … from orders where id = ?`,
 * `cache GET cart:{id}`; every parameter reads `{id}`. Bounded, one line, single spaces.
 */
export function formatOperation(
  family: Pick<Family, 'workload' | 'protocol' | 'method' | 'separator'>,
  segments: readonly string[],
): string {
  const target = plainTarget(family.separator, segments);
  const plain = `${family.workload} ${family.method} ${target}`.replace(/\s+/g, ' ').trim();
  return plain.length > MAX_PLAIN ? `${plain.slice(0, MAX_PLAIN)}…` : plain;
}

function plainTarget(separator: Family['separator'], segments: readonly string[]): string {
  if (separator === '') return plainName(segments);
  let text = '';
  for (const segment of segments) {
    if (!isSuffix(segment) && (separator === '/' || text !== '')) text += separator;
    text += plainToken(segment);
  }
  return text === '' && separator === '/' ? '/' : text;
}

/** A statement is told whole by its last token; the table before it tells what an absorbed one was about. */
function plainName(segments: readonly string[]): string {
  const last = segments.at(-1);
  if (last === undefined) return '';
  if (isFixed(last)) return last.slice(1);
  return segments.map(plainToken).join(' ');
}

function plainToken(token: string): string {
  if (isFixed(token)) return token.slice(1);
  if (!varies(token)) return token;
  return token.endsWith('({id})') ? token : '{id}';
}

/** The workload that serves an operation in plain form, which begins with its name. */
export function workloadOf(operation: string): string {
  const space = operation.indexOf(' ');
  return space < 0 ? operation : operation.slice(0, space);
}
