import { byCodeUnit } from '../../support/json.ts';

export interface GraphqlOperation {
  readonly type: 'query' | 'mutation' | 'subscription';
  /** The operation's name; without one its top-level fields, sorted. */
  readonly name: string;
}

const token =
  /"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*|\.\.\.|[A-Za-z_]\w*|[{}()[\]:@$!=|&]/g;
const MAX_DOCUMENT = 16_384;

/** The operation that a GraphQL document runs, or undefined when there is none to be seen. Spec October 2021, 2.3. */
export function readOperation(document: string, chosen?: string): GraphqlOperation | undefined {
  const found = operationsIn(document.slice(0, MAX_DOCUMENT));
  const [first] = found;
  if (!first || !chosen) return first;
  return found.find(({ name }) => name === chosen) ?? { type: first.type, name: chosen };
}

function operationsIn(document: string): GraphqlOperation[] {
  const found: GraphqlOperation[] = [];
  let type: GraphqlOperation['type'] | 'fragment' | undefined;
  let name = '';
  let fields: string[] = [];
  let braces = 0;
  let parens = 0;
  let before = '';
  for (const [text] of document.matchAll(token)) {
    if (text.startsWith('"') || text.startsWith('#')) continue;
    if (text === '(' || text === '[') parens++;
    else if (text === ')' || text === ']') parens--;
    else if (parens === 0 && text === '{') {
      if (braces++ === 0) fields = [];
    } else if (parens === 0 && text === '}') {
      if (--braces > 0) continue;
      push(found, type ?? 'query', name, fields);
      [type, name, fields, braces] = [undefined, '', [], 0];
    } else if (parens === 0 && /^\w/.test(text)) {
      if (braces === 0 && type === undefined) type = typeOf(text);
      else if (braces === 0 && name === '' && before !== '@') name = text;
      else if (braces === 1 && before === ':') fields[fields.length - 1] = text;
      else if (braces === 1 && before !== '@' && before !== '...') fields.push(text);
    }
    before = text;
  }
  if (type !== undefined || fields.length > 0) push(found, type ?? 'query', name, fields);
  return found;
}

function push(
  found: GraphqlOperation[],
  type: GraphqlOperation['type'] | 'fragment',
  name: string,
  fields: readonly string[],
): void {
  const shown = name || [...new Set(fields)].sort(byCodeUnit).join(',');
  if (type !== 'fragment' && shown) found.push({ type, name: shown });
}

function typeOf(word: string): GraphqlOperation['type'] | 'fragment' | undefined {
  if (word === 'query' || word === 'mutation' || word === 'subscription') return word;
  return word === 'fragment' ? word : undefined;
}
