import { type SqlDialect, type SqlToken, sqlTokens } from './sql-tokens.ts';

export interface SqlFingerprint {
  /** First verb that says what is done, upper case (behind WITH, the main one); empty when none. */
  readonly verb: string;
  /** The first table named, or empty. */
  readonly table: string;
  /** The statement with values as `?` and lists of any length as one, without its leading verb. */
  readonly text: string;
  readonly mutation: boolean;
}

/** Characters of a statement that are read. */
const MAX_SQL = 16_384;
const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const verbs = words(
  'select insert update delete merge replace upsert with values table begin start commit end rollback abort ' +
    'savepoint release set show explain create alter drop truncate grant revoke copy call do execute prepare ' +
    'deallocate declare fetch move close lock unlock vacuum analyze reindex refresh listen unlisten notify use ' +
    'describe desc discard reset cluster comment load optimize handler kill flush',
);
const writes = words(
  'insert update delete merge replace upsert create alter drop truncate grant revoke call do load refresh notify comment',
);
const main = words('select insert update delete merge replace values');
const nested = words('insert update delete merge');
const beforeTable = words('from into update table join copy');
const afterTableWord = words('only if not exists ignore low_priority');
/** Words that stand apart from the bracket behind them. */
const apart = words(
  'in values and or not as from join on where exists select by set using having when then else over any all union ' +
    'except intersect limit offset returning with filter case between like is',
);
const beforeList = words('in values array row any all');
const operands = words('null true false');
/** Marks without a space behind them, and without one before. */
const opening = new Set(['(', '[', '.', '::']);
const closing = new Set([',', ')', '[', ']', '.', '::', ';']);
/** Marks that keep a row beside the row before it. */
const between = new Set([',', '(', ')', '[', ']']);
const beforeName = words('savepoint deallocate fetch close release execute prepare declare to');

/** Whether a text begins like a statement. */
export function isSql(text: string): boolean {
  const first = /^(?:\s|\(|\/\*[^*]*\*\/)*([A-Za-z]{2,12})\b/.exec(text.slice(0, 512))?.[1];
  return first !== undefined && verbs.has(first.toLowerCase());
}

/**
 * What makes statements the same statement: as pg_stat_statements and pt-fingerprint do, literals,
 * parameters, the length of lists, comments, whitespace and case are gone.
 */
export function fingerprint(sql: string, dialect: SqlDialect): SqlFingerprint {
  const tokens = plain([...sqlTokens(sql.slice(0, MAX_SQL), dialect)]);
  const first = tokens.find(({ kind }) => kind === 'word')?.text ?? '';
  const verb = first === 'with' ? (mainVerb(tokens) ?? first) : first;
  const full = render(tokens);
  return {
    verb: verb.toUpperCase(),
    table: tableIn(tokens),
    text: full.startsWith(`${verb} `) ? full.slice(verb.length + 1) : full === verb ? '' : full,
    mutation: writes.has(verb) || tokens.some((token, i) => isWrite(tokens, token, i)),
  };
}

/** Signs of numbers, truth values and names of savepoints and cursors become values too. */
function plain(tokens: readonly SqlToken[]): SqlToken[] {
  const out: SqlToken[] = [];
  for (const [i, token] of tokens.entries()) {
    const before = out.at(-1);
    const after = tokens[i + 1];
    if ((token.text === '-' || token.text === '+') && after?.kind === 'value' && opens(before))
      continue;
    const named =
      i > 0 && i < 4 && beforeName.has(before?.text ?? '') && token.text !== 'savepoint';
    const isName =
      named && beforeName.has(tokens[0]?.text === 'rollback' ? 'to' : (tokens[0]?.text ?? ''));
    const isOperand = operands.has(token.text) && before?.text !== 'is' && before?.text !== 'not';
    if (token.kind !== 'mark' && token.kind !== 'value' && (isName || isOperand)) {
      out.push({ kind: 'value', text: '?' });
    } else out.push(token);
  }
  while (out.at(-1)?.text === ';') out.pop();
  return out;
}

/** Whether a sign behind this token belongs to the number that follows it. */
function opens(before: SqlToken | undefined): boolean {
  if (!before) return true;
  if (before.kind === 'mark')
    return before.text !== ')' && before.text !== ']' && before.text !== '*';
  return before.kind === 'word' && (apart.has(before.text) || before.text === 'return');
}

function mainVerb(tokens: readonly SqlToken[]): string | undefined {
  let depth = 0;
  for (const { kind, text } of tokens) {
    if (text === '(') depth++;
    else if (text === ')') depth--;
    else if (depth === 0 && kind === 'word' && main.has(text)) return text;
  }
  return undefined;
}

/** A write at the head of a further statement or inside WITH; COPY … FROM; SELECT … INTO a table. */
function isWrite(tokens: readonly SqlToken[], token: SqlToken, at: number): boolean {
  if (token.kind !== 'word') return false;
  const before = tokens[at - 1];
  if (nested.has(token.text)) return before?.text === '(' || before?.text === ';';
  const verb = tokens[0]?.text;
  if (token.text === 'from') return verb === 'copy' && before?.text !== 'distinct';
  return token.text === 'into' && verb === 'select' && tokens[at + 1]?.kind !== 'mark';
}

function tableIn(tokens: readonly SqlToken[]): string {
  for (let i = 0; i < tokens.length - 1; i++) {
    const token = tokens[i] as SqlToken;
    if (token.kind !== 'word' || !beforeTable.has(token.text)) continue;
    let at = i + 1;
    while (afterTableWord.has(tokens[at]?.text ?? '')) at++;
    const named = tokens[at];
    if (named?.kind !== 'word' && named?.kind !== 'name') continue;
    const qualified = tokens[at + 1]?.text === '.' ? tokens[at + 2] : undefined;
    return qualified ? `${named.text}.${qualified.text}` : named.text;
  }
  return '';
}

interface Group {
  readonly open: string;
  /** Whether it lists alternatives or rows. */
  readonly list: boolean;
  readonly items: string[];
  text: string;
  /** Whether what was read last is a list: a row behind a row. */
  afterList: boolean;
}

/** Tokens as text; in lists equal items are one (`in (?+)`), as are equal rows of VALUES. */
function render(tokens: readonly SqlToken[]): string {
  const stack: Group[] = [{ open: '', list: false, items: [], text: '', afterList: false }];
  let before: SqlToken | undefined;
  for (const token of tokens) {
    const group = stack.at(-1) as Group;
    if (token.text === '(' || token.text === '[') {
      stack.push({
        open: token.text,
        list: isList(before, group),
        items: [],
        text: '',
        afterList: false,
      });
      if (before && needsSpace(before, token)) group.text += ' ';
    } else if ((token.text === ')' || token.text === ']') && stack.length > 1) {
      close(stack, token.text);
    } else if (token.text === ',' && group.open !== '' && !group.afterList) {
      group.items.push(group.text.trim());
      group.text = '';
    } else {
      group.text += before && needsSpace(before, token) ? ` ${token.text}` : token.text;
    }
    if (!between.has(token.text)) group.afterList = false;
    before = token;
  }
  while (stack.length > 1) close(stack, '');
  return (stack[0] as Group).text.trim();
}

function isList(before: SqlToken | undefined, group: Group): boolean {
  if (before?.kind === 'word') return beforeList.has(before.text);
  if (before?.text === ',') return group.list || group.afterList;
  return before?.text === '[' || (group.list && before?.text === '(');
}

function close(stack: Group[], mark: string): void {
  const group = stack.pop() as Group;
  const items = [...group.items, group.text.trim()];
  const alike = group.list && items.every((item) => item === items[0]) && items[0] !== '';
  const content = alike ? `${items[0]}+` : items.join(', ');
  const outer = stack.at(-1) as Group;
  const text = `${group.open}${content}${mark}`;
  if (outer.afterList && outer.text.endsWith(`${text}, `)) outer.text = outer.text.slice(0, -2);
  else outer.text += text;
  outer.afterList = group.list;
}

function needsSpace(before: SqlToken, token: SqlToken): boolean {
  if (opening.has(before.text) || closing.has(token.text)) return false;
  if (token.text !== '(') return true;
  return before.kind !== 'name' && (before.kind !== 'word' || apart.has(before.text));
}
