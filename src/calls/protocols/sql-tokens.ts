export interface SqlToken {
  readonly kind: 'word' | 'name' | 'value' | 'mark';
  /** Words in lower case; names without their quotes where they need none; values as `?`. */
  readonly text: string;
}

export type SqlDialect = 'postgresql' | 'mysql';

const value: SqlToken = { kind: 'value', text: '?' };
/** Sticky, so each reads from where the scan stands; none can backtrack over more than it has read. */
const word = /[A-Za-z_\u{80}-\u{10ffff}][\w$\u{80}-\u{10ffff}]*/uy;
const numeral = /0[xX][0-9a-fA-F]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
const parameter = /\$\d+|\?\d*|:[A-Za-z_]\w*|%s|%\(\w+\)s/y;
const dollarTag = /\$(?:[A-Za-z_]\w*)?\$/y;
const operator = /::|:=|->>|->|#>>|#>|<=>|<=|>=|<>|!=|\|\||&&|@>|<@|!~~?\*?|~~?\*|[^\s\w]/y;

/** SQL as tokens, without comments and whitespace. Reads broken and cut text to its end; linear. */
export function* sqlTokens(sql: string, dialect: SqlDialect): Generator<SqlToken> {
  let at = 0;
  while (at < sql.length) {
    const char = sql[at] as string;
    const next = sql[at + 1];
    if (/\s/.test(char)) at++;
    else if ((char === '-' && next === '-') || (char === '#' && dialect === 'mysql')) {
      at = lineEnd(sql, at);
    } else if (char === '/' && next === '*') at = commentEnd(sql, at, dialect);
    else if (char === '*' && next === '/') at += 2;
    else if (char === "'" || (char === '"' && dialect === 'mysql')) {
      at = quoteEnd(sql, at, char, dialect === 'mysql');
      yield value;
    } else if (char === '"' || char === '`') {
      const end = quoteEnd(sql, at, char, false);
      yield { kind: 'name', text: quotedName(sql.slice(at + 1, end - 1)) };
      at = end;
    } else if (/[eEnNxXbB]/.test(char) && next === "'") {
      at = quoteEnd(sql, at + 1, "'", dialect === 'mysql' || /[eE]/.test(char));
      yield value;
    } else {
      const text = match(word, sql, at);
      if (text) yield { kind: 'word', text: withoutNumbers(text.toLowerCase()) };
      const read = text ? at + text.length : valueAt(sql, at, dialect);
      if (read > at) {
        if (!text) yield value;
        at = read;
      } else {
        const mark = match(operator, sql, at) || char;
        yield { kind: 'mark', text: mark };
        at += mark.length;
      }
    }
  }
}

/** Where the number, parameter or dollar-quoted string at `at` ends; `at` when there is none. */
function valueAt(sql: string, at: number, dialect: SqlDialect): number {
  if (dialect === 'postgresql') {
    const tag = match(dollarTag, sql, at);
    if (tag) {
      const end = sql.indexOf(tag, at + tag.length);
      return end < 0 ? sql.length : end + tag.length;
    }
  }
  if (sql[at] === ':' && (sql[at - 1] === ':' || sql[at + 1] === ':')) return at;
  return at + (match(numeral, sql, at) || match(parameter, sql, at)).length;
}

function match(pattern: RegExp, sql: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(sql)?.[0] ?? '';
}

function lineEnd(sql: string, at: number): number {
  const end = sql.indexOf('\n', at);
  return end < 0 ? sql.length : end + 1;
}

/** PostgreSQL nests comments; in MySQL the text of a comment that begins with `!` runs. */
function commentEnd(sql: string, at: number, dialect: SqlDialect): number {
  if (dialect === 'mysql') {
    const runs = match(/\/\*!\d{0,6}/y, sql, at);
    if (runs) return at + runs.length;
    const end = sql.indexOf('*/', at + 2);
    return end < 0 ? sql.length : end + 2;
  }
  let depth = 0;
  const edge = /\/\*|\*\//g;
  edge.lastIndex = at;
  for (let found = edge.exec(sql); found; found = edge.exec(sql)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return sql.length;
}

/** Behind the closing quote; a doubled quote, and a backslashed one where they count, belong to the text. */
function quoteEnd(sql: string, at: number, quote: string, backslash: boolean): number {
  for (let i = at + 1; i < sql.length; i++) {
    if (backslash && sql[i] === '\\') i++;
    else if (sql[i] === quote) {
      if (sql[i + 1] !== quote) return i + 1;
      i++;
    }
  }
  return sql.length;
}

function quotedName(name: string): string {
  const text = withoutNumbers(name);
  return /^[a-z_][a-z0-9_]*$/.test(text) ? text : `"${text.replace(/["\s]+/g, ' ')}"`;
}

/** Numbered partitions, temporary tables and prepared statements are one (`orders_2024_01` → `orders_?_?`). */
function withoutNumbers(name: string): string {
  return name.replace(/_\d{2,}(?![0-9a-z])/gi, '_?');
}
