import { redactedName } from '../redacted-name.ts';
import { fixed, varies } from '../segment.ts';
import { classify } from '../segment-class.ts';

/**
 * A dotted (or slashed) name as one token that is never taken for a value: what surely varies in it
 * becomes its class, the words stay.
 */
export function nameToken(name: string, separator: '.' | '/' | '-'): string {
  const parts = redactedName(name.slice(0, 480)).split(separator, 32);
  return fixed(parts.map(part).join(separator));
}

function part(text: string): string {
  const token = classify(text);
  return varies(token) ? token.replace(/\{\w+\}/g, '{id}') : text.replace(/[{}\s]/g, '_');
}
