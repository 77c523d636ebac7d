import { isSuffix } from '../calls/segment.ts';
import type { Json } from '../support/json.ts';

/** A path of the document, and what its parameters were seen to be. */
export interface PathTemplate {
  /** `/orders/{orderId}/items`. */
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly schema: Json }[];
}

/** One segment of a path: a word, or a parameter with the classes of token seen there. */
export type PathPart = string | { readonly classes: Set<string>; readonly inBrackets: string };

const PARAMETER_MARK = '{}';
const MAX_NAME = 40;
/** Classes that say what a parameter is; any other is an id of what stands before it. */
const TOLD: ReadonlyMap<string, string> = new Map([
  ['{date}', 'date'],
  ['{datetime}', 'dateTime'],
  ['{time}', 'time'],
  ['{ip}', 'ip'],
  ['{email}', 'email'],
  ['{locale}', 'locale'],
  ['{version}', 'version'],
  ['{list}', 'list'],
  ['{rest}', 'rest'],
]);

/**
 * The parts of a path: `template` says which of the `segments` is a parameter. An action (`#GetItem`)
 * is no part of a path.
 */
export function pathParts(template: readonly string[], segments: readonly string[]): PathPart[] {
  const parts: PathPart[] = [];
  template.forEach((token, i) => {
    const raw = segments[i] as string;
    if (token.startsWith('#')) return;
    if (token.endsWith('({id})')) {
      parts.push({ classes: new Set(['{id}']), inBrackets: encodeWord(token.slice(0, -6)) });
    } else if (token.startsWith('{')) {
      parts.push({ classes: new Set([raw]), inBrackets: '' });
    } else {
      parts.push(isSuffix(token) ? token : `/${encodeWord(token)}`);
    }
  });
  return parts;
}

/** The path with its parameters unnamed: paths that only differ in their names are one. */
export function pathShape(parts: readonly PathPart[]): string {
  return textOf(parts, () => PARAMETER_MARK);
}

/** Names the parameters, each once a path, after what stands before them. */
export function pathTemplate(parts: readonly PathPart[]): PathTemplate {
  const taken = new Set<string>();
  const parameters: { name: string; schema: Json }[] = [];
  let before = '';
  const path = textOf(
    parts,
    (part) => {
      const base = nameOf(part, before);
      let name = base;
      for (let n = 2; taken.has(name); n++) name = `${base}${n}`;
      taken.add(name);
      parameters.push({ name, schema: schemaOf(part.classes) });
      return `{${name}}`;
    },
    (word) => {
      before = word;
    },
  );
  return { path, parameters };
}

type Parameter = Exclude<PathPart, string>;

function textOf(
  parts: readonly PathPart[],
  parameter: (part: Parameter) => string,
  onWord: (word: string) => void = () => undefined,
): string {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part;
      if (part.startsWith('/')) onWord(part.slice(1));
      continue;
    }
    if (part.inBrackets !== '') onWord(part.inBrackets);
    const marked = parameter(part);
    text += part.inBrackets === '' ? `/${marked}` : `/${part.inBrackets}(${marked})`;
  }
  return text === '' ? '/' : text;
}

function nameOf({ classes }: Parameter, before: string): string {
  const [only, ...others] = classes;
  const told = others.length === 0 ? TOLD.get(only as string) : undefined;
  if (told) return told;
  const words = before.replace(/%[\dA-F]{2}/g, ' ').match(/[A-Za-z]+|\d+/g) ?? [];
  const [first = '', ...rest] = words;
  const joined =
    first.toLowerCase() === first || first.toUpperCase() === first
      ? first.toLowerCase()
      : first.charAt(0).toLowerCase() + first.slice(1);
  const camel = [joined, ...rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1))];
  const noun = singular(camel.join('')).slice(0, MAX_NAME);
  return /^[a-z]{2}/i.test(noun) ? `${noun}Id` : 'id';
}

/** Of regular English plurals. */
function singular(noun: string): string {
  if (/[^aeiou]ies$/.test(noun)) return `${noun.slice(0, -3)}y`;
  if (/(?:s|x|z|ch|sh)es$/.test(noun)) return noun.slice(0, -2);
  return /[^su]s$/.test(noun) ? noun.slice(0, -1) : noun;
}

function schemaOf(classes: ReadonlySet<string>): Json {
  const [only, ...others] = classes;
  if (others.length > 0) return { type: 'string' };
  if (only === '{int}') return { type: 'integer' };
  return only === '{uuid}' ? { type: 'string', format: 'uuid' } : { type: 'string' };
}

/** Percent-encodes what RFC 3986 does not allow in a segment; a token is encoded where it holds a `%`. */
function encodeWord(token: string): string {
  return token.toWellFormed().replace(/[^\w.\-~!$&'()*+,;=:@%]/gu, encodeURIComponent);
}
