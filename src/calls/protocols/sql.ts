import type { Call } from '../call.ts';
import { redactStatement } from '../redact.ts';
import { replaceCredentials } from '../secret-formats.ts';
import { fixed } from '../segment.ts';
import { nameToken } from './name.ts';
import type { Asked, Protocol } from './protocol.ts';
import { fingerprint, isSql, type SqlFingerprint } from './sql-fingerprint.ts';
import type { SqlDialect } from './sql-tokens.ts';
import { methodOf, objectOf, textMember, textOf } from './text.ts';

/** PostgreSQL: verb, first table and fingerprint of the statement. */
export const postgresql: Protocol = (call) => sql(call, 'postgresql');

/** MySQL and MariaDB, likewise; double quotes are strings, backslashes escape. */
export const mysql: Protocol = (call) => sql(call, 'mysql');

function sql(call: Call, dialect: SqlDialect): Asked {
  const text = statementIn(call);
  const method = methodOf(call.method);
  if (text === undefined) {
    const known = isSql(call.method) ? fingerprint(call.method, dialect) : undefined;
    const name = call.path.trim().replace(/^\/+/, '');
    const segments = name === '' ? [] : [nameToken(name, '.')];
    return { method, separator: '', segments, mutation: known?.mutation ?? false };
  }
  const print = remembered(text, dialect);
  const segments = print.table === '' ? [] : [fixed(print.table.slice(0, 128))];
  if (print.text !== '') segments.push(fixed(print.text));
  return {
    method: methodOf(print.verb || method),
    separator: '',
    segments,
    mutation: print.mutation,
  };
}

const MAX_REMEMBERED = 1000;
const seenBefore: Record<SqlDialect, Map<string, SqlFingerprint>> = {
  postgresql: new Map(),
  mysql: new Map(),
};

/** Most calls repeat a statement to the letter; reading one costs ten times what the rest of a call does. */
function remembered(text: string, dialect: SqlDialect): SqlFingerprint {
  const known = seenBefore[dialect];
  let print = known.get(text);
  if (!print) {
    // A key in a comment of one line would go on behind it as words.
    const read = text.includes('PRIVATE KEY') ? replaceCredentials(text, '?') : text;
    print = named(fingerprint(read, dialect));
    if (known.size >= MAX_REMEMBERED) known.clear();
    if (text.length <= 4096) known.set(text, print);
  }
  return print;
}

/** Values are gone already; what else may be secret is a name of something. */
function named(print: SqlFingerprint): SqlFingerprint {
  return {
    ...print,
    table: redactStatement(print.table),
    text: redactStatement(print.text),
  };
}

/** SQL text is in the path, or in the body: plain or as a member. */
function statementIn(call: Call): string | undefined {
  const path = call.path.trim();
  if (isSql(path) && path.length > call.method.length) return path;
  const body = objectOf(call.requestBody);
  const member = textMember(body, 'query', 'statement', 'sql', 'text');
  if (member !== undefined && isSql(member)) return member;
  const text = textOf(call.requestBody).trimStart();
  if (isSql(text)) return text;
  const seen = /"(?:query|statement|sql)"\s*:\s*"((?:[^"\\]|\\.)*)/.exec(
    text.slice(0, 16_384),
  )?.[1];
  if (seen !== undefined && isSql(seen))
    return seen.replace(/\\[nrt]/g, ' ').replace(/\\(.)/g, '$1');
  return isSql(path) ? path : undefined;
}
