import { fieldOf } from './kfl-fields.ts';
import type { HubRecord } from './record.ts';

type Value = string | number | boolean | readonly string[];
type Evaluate = (record: HubRecord) => Value;
export type Filter = (record: HubRecord) => boolean;

class UnknownField extends Error {}

const token =
  /\s*(?:\/\/[^\n]*\n?|("(?:[^"\\]|\\.)*")|(\d+(?:\.\d+)?)|([A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*)|(&&|\|\||==|!=|<=|>=|[!<>().,]))/y;

function tokens(text: string): string[] {
  const found: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const match = token.exec(text);
    if (!match) throw new SyntaxError(`unexpected input at ${token.lastIndex}`);
    const word = match[1] ?? match[2] ?? match[3] ?? match[4];
    if (word !== undefined) found.push(word);
  }
  return found;
}

/**
 * The part of KFL that filters use: boolean operators, comparisons, `in`, string functions. An
 * unknown field makes the whole filter match nothing, as the Hub does. Throws SyntaxError otherwise.
 */
export function compileKfl(text: string): Filter {
  if (text.trim() === '') return () => true;
  const words = tokens(text);
  let at = 0;
  const peek = () => words[at];
  const take = () => words[at++];
  const expect = (word: string) => {
    if (take() !== word) throw new SyntaxError(`expected ${word}`);
  };

  function or(): Evaluate {
    let left = and();
    while (peek() === '||') {
      take();
      const [a, b] = [left, and()];
      left = (record) => a(record) === true || b(record) === true;
    }
    return left;
  }
  function and(): Evaluate {
    let left = not();
    while (peek() === '&&') {
      take();
      const [a, b] = [left, not()];
      left = (record) => a(record) === true && b(record) === true;
    }
    return left;
  }
  function not(): Evaluate {
    if (peek() !== '!') return comparison();
    take();
    const inner = not();
    return (record) => inner(record) !== true;
  }
  function comparison(): Evaluate {
    const left = primary();
    const operator = peek() ?? '';
    if (!['==', '!=', '<', '<=', '>', '>=', 'in'].includes(operator)) return left;
    take();
    const right = primary();
    return (record) => compare(operator, left(record), right(record));
  }
  function primary(): Evaluate {
    const word = take();
    if (word === undefined) throw new SyntaxError('unexpected end');
    if (word === '(') {
      const inner = or();
      expect(')');
      return inner;
    }
    if (word.startsWith('"')) {
      const literal = JSON.parse(word) as string;
      return () => literal;
    }
    if (/^\d/.test(word)) return () => Number(word);
    if (word === 'true' || word === 'false') return () => word === 'true';
    if (!/^[A-Za-z_]/.test(word)) throw new SyntaxError(`unexpected ${word}`);
    if (peek() === '(') return method(word);
    const field = fieldOf(word);
    if (!field) throw new UnknownField(word);
    return field;
  }
  function method(word: string): Evaluate {
    const dot = word.lastIndexOf('.');
    const field = fieldOf(word.slice(0, dot));
    if (!field) throw new UnknownField(word);
    expect('(');
    const argument = or();
    expect(')');
    const name = word.slice(dot + 1);
    return (record) => call(name, field(record), String(argument(record)));
  }

  try {
    const root = or();
    if (at < words.length) throw new SyntaxError(`unexpected ${peek()}`);
    return (record) => root(record) === true;
  } catch (error) {
    if (error instanceof UnknownField) return () => false;
    throw error;
  }
}

function compare(operator: string, left: Value, right: Value): boolean {
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      return Array.isArray(right) && right.includes(String(left));
  }
}

function call(name: string, subject: Value, argument: string): boolean {
  const text = String(subject);
  switch (name) {
    case 'contains':
      return text.includes(argument);
    case 'startsWith':
      return text.startsWith(argument);
    case 'endsWith':
      return text.endsWith(argument);
    case 'matches':
      return new RegExp(argument).test(text);
    default:
      throw new SyntaxError(`unknown function ${name}`);
  }
}
