import { MAX_TOKENS } from '../segment.ts';
import { classify } from '../segment-class.ts';
import type { Asked } from './protocol.ts';

const MAX_KEY = 1024;

/**
 * A key, topic or queue as tokens, split at the separator it uses: `:`, else `/`, else `.`. Braces
 * (Redis Cluster's hash tags) say where a key lives, not what it is.
 */
export function keyTokens(key: string): Pick<Asked, 'separator' | 'segments'> {
  const text = (key.length > MAX_KEY ? key.slice(0, MAX_KEY) : key)
    .replace(/\{/g, '')
    .replace(/\}[:./]?/g, ':');
  const separator = text.includes(':') ? ':' : text.includes('/') ? '/' : '.';
  const parts = text.split(separator);
  const segments: string[] = [];
  for (const part of parts) {
    if (part === '') continue;
    if (segments.length >= MAX_TOKENS) {
      segments.push('{rest}');
      break;
    }
    segments.push(classify(part));
  }
  return { separator, segments };
}
