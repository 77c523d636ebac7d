import { addMatches, type Span } from './masked.ts';
import { isSecretName } from './secret-words.ts';

/** A header line whose value is secret to its end. */
const HEADER_LINE =
  /\b(?:(?:set-)?cookie|(?:proxy-)?authorization)[ \t]{0,8}:[ \t]{0,8}([^\s"'][^\r\n"]{0,8192})/dgi;
/** The name of `"name": "value"`, `name=value`, `name: value`, also with escaped quotes; it decides. */
const PAIR_NAME = /\\?["']?([A-Za-z_][\w.-]{0,63})\\?["']?[ \t]{0,8}[:=][ \t]{0,8}/g;
const PAIR_VALUE =
  /\\"[^"\\]{0,4096}(?:\\")?|"(?:[^"\\]|\\.){0,4096}"?|'[^']{0,4096}'?|[^\s"',;&}\])<>]{1,4096}/y;
/** Values that are no secret, or none any more. */
const HARMLESS = /^(?:null|true|false|\[redacted)$/;

/** The values of a text whose names, or the headers that they stand in, are of secrets. */
export function addSecretValues(spans: Span[], text: string): void {
  addMatches(spans, text, HEADER_LINE);
  let end = 0;
  // What is no secret's value may be a text that holds pairs itself, and a secret's may be quoted behind another name.
  PAIR_NAME.lastIndex = 0;
  for (let pair = PAIR_NAME.exec(text); pair; pair = PAIR_NAME.exec(text)) {
    const at = PAIR_NAME.lastIndex;
    const value = isSecretName(pair[1] as string) ? valueAt(text, at, end) : undefined;
    if (!value) continue;
    spans.push(value);
    end = Math.max(end, value.to);
  }
}

/** Before `end` only quoted ones count: others end where the value that they stand in does. */
function valueAt(text: string, at: number, end: number): Span | undefined {
  PAIR_VALUE.lastIndex = at;
  if (at < end && !/["'\\]/.test(text[at] as string)) return undefined;
  const value = PAIR_VALUE.exec(text)?.[0];
  if (value === undefined || HARMLESS.test(value)) return undefined;
  const quote = /^\\?["']/.exec(value)?.[0] ?? '';
  const isClosed = value.length >= 2 * quote.length && value.endsWith(quote);
  return { from: at + quote.length, to: at + value.length - (isClosed ? quote.length : 0) };
}
