import { holdsCredential } from './secret-formats.ts';
import { MAX_TOKENS, SECRET } from './segment.ts';
import { classify } from './segment-class.ts';

/** Characters of a path that are read. */
const MAX_PATH = 8192;
const versionParents: ReadonlySet<string> = new Set(['api', 'rest']);

/**
 * Tokens of a URL path: scheme, authority, query, fragment and matrix parameters ignored, empty
 * segments (so a trailing slash too) dropped, each segment decoded once and classified. RFC 3986.
 */
export function pathTokens(path: string): string[] {
  const tokens: string[] = [];
  const text = pathOf(path);
  let from = 0;
  while (from < text.length) {
    let to = text.indexOf('/', from);
    if (to < 0) to = text.length;
    if (to > from) {
      if (tokens.length >= MAX_TOKENS) {
        tokens.push('{rest}');
        break;
      }
      add(tokens, text.slice(from, to));
    }
    from = to + 1;
  }
  return tokens;
}

/** The path of a request target in origin or absolute form. RFC 9112, section 3.2. */
function pathOf(target: string): string {
  const text = target.length > MAX_PATH ? target.slice(0, MAX_PATH) : target;
  const scheme = text.startsWith('/') ? null : /^[A-Za-z][A-Za-z0-9+.-]{0,15}:\/\//.exec(text);
  let from = 0;
  if (scheme) {
    from = text.indexOf('/', scheme[0].length);
    if (from < 0) return '';
  }
  const end = text.slice(from).search(/[?#]/);
  return end < 0 ? text.slice(from) : text.slice(from, from + end);
}

function add(tokens: string[], raw: string): void {
  const cut = raw.indexOf(';');
  const segment = cut > 0 ? raw.slice(0, cut) : raw;
  const text = decode(segment);
  if (text === undefined) {
    tokens.push('{text}');
    return;
  }
  if (text === '.') return;
  if (isVersionHere(text, tokens)) {
    tokens.push(text);
    return;
  }
  if (holdsCredential(text)) {
    tokens.push(SECRET);
    return;
  }
  const entity = /^([A-Za-z_][\w.]{0,40})\(.+\)$/.exec(text);
  if (entity) {
    tokens.push(`${entity[1]}({id})`);
    return;
  }
  const suffix = suffixAt(text);
  if (suffix < 0) {
    tokens.push(classify(text));
    return;
  }
  tokens.push(classify(text.slice(0, suffix)), text.slice(suffix));
}

/** One pass of percent-decoding; undefined when the encoding is broken. */
function decode(segment: string): string | undefined {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** Where a format (`.json`) or a custom verb (`:publish`, Google AIP-136) begins, or -1. */
function suffixAt(text: string): number {
  if (text.includes('/')) return -1;
  if (text.length > 5 && text.endsWith('.json')) return text.length - 5;
  if (text.length > 4 && text.endsWith('.xml')) return text.length - 4;
  const colon = text.lastIndexOf(':');
  return colon > 0 && /^:[a-z][A-Za-z]{2,30}$/.test(text.slice(colon)) ? colon : -1;
}

/** Whether a bare number or date stands where APIs put their version: `/3/…`, `/api/2/…`, `/2010-04-01/…`. */
function isVersionHere(text: string, before: readonly string[]): boolean {
  const at = before.length;
  if (at > 3 || text.length > 10 || !/^\d/.test(text)) return false;
  const slot = at === 0 || versionParents.has((before[at - 1] as string).toLowerCase());
  if (/^\d\.\d{1,2}$/.test(text)) return slot || at <= 2;
  if (!slot) return false;
  return at === 0
    ? /^(?:\d|\d{4}-\d{2}(?:-\d{2})?)$/.test(text)
    : /^(?:\d|1\d|\d{4}-\d{2}(?:-\d{2})?)$/.test(text);
}
