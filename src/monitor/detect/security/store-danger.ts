import type { Call } from '../../../calls/call.ts';
import { isSqlProtocol } from '../../../calls/protocol-kind.ts';
import { redisArguments } from '../../../calls/protocols/redis-arguments.ts';
import { textOf } from '../../../calls/protocols/text.ts';
import type { AlertSeverity } from '../../alert-rule.ts';
import type { SeenCall } from '../../detector.ts';

/** What a store is told to do, in words of ours and names of tables. */
export interface Danger {
  readonly what: string;
  readonly severity: AlertSeverity;
}

const ALL: Readonly<Record<string, AlertSeverity>> = {
  FLUSHALL: 'critical',
  FLUSHDB: 'critical',
  SHUTDOWN: 'critical',
  'MODULE LOAD': 'critical',
  'MODULE LOADEX': 'critical',
  REPLICAOF: 'warning',
  SLAVEOF: 'warning',
  DEBUG: 'warning',
  MONITOR: 'warning',
  KEYS: 'warning',
};
/** Settings by which a server is taken over or opened; libraries set others when they start. */
const CONFIG = /^(?:dir|dbfilename|requirepass|masterauth|protected-mode|bind|rename-command)$/i;
/** A statement that is longer may have been cut before its WHERE. */
const MAX_STATEMENT = 400;
const PASSING = /(?:^|[_.])(?:te?mp|temporary|staging|stage|pg_temp|scratch)/i;
const EVERY_DOCUMENT = /"q"\s{0,8}:\s{0,8}\{\s{0,8}\}\s{0,8},\s{0,8}"limit"\s{0,8}:\s{0,8}0/;

/** Whether a call tells a store to destroy or give away all of something; undefined: it doesn't. */
export function dangerIn({ call, target }: SeenCall): Danger | undefined {
  if (isSqlProtocol(target.protocol)) {
    return sqlDanger(
      target.method,
      target.segments.map((name) => name.replace(/^=/, '')),
    );
  }
  switch (target.protocol) {
    case 'redis':
      return redisDanger(call, target.method);
    case 'mongodb':
    case 'mongo':
      return mongoDanger(call, target.method);
    default:
      return undefined;
  }
}

function redisDanger(call: Call, method: string): Danger | undefined {
  const sent = redisArguments(call.requestBody);
  const words = sent.length > 0 ? sent : call.path.slice(0, 512).trim().split(/\s+/);
  const [first = '', second = ''] = words[0]?.toUpperCase() === method ? words.slice(1) : words;
  const sub = first.toUpperCase();
  if (method === 'CONFIG') {
    if (sub !== 'SET' || !CONFIG.test(second)) return undefined;
    return { what: `CONFIG SET ${second.toLowerCase()}`, severity: 'critical' };
  }
  // A failover makes a server its own master.
  if ((method === 'REPLICAOF' || method === 'SLAVEOF') && sub === 'NO') return undefined;
  if (method === 'KEYS' && first !== '*' && first !== '') return undefined;
  const what = method === 'MODULE' ? `MODULE ${sub}` : method;
  const severity = Object.hasOwn(ALL, what) ? ALL[what] : undefined;
  return severity && { what: method === 'KEYS' ? 'KEYS *' : what, severity };
}

/** `segments`: the table, and the statement without its verb and values. */
function sqlDanger(verb: string, segments: readonly string[]): Danger | undefined {
  const rest = segments.at(-1) ?? '';
  const table = segments.length > 1 ? segments[0] : undefined;
  if (rest.length > MAX_STATEMENT) return undefined;
  if (verb === 'DROP' && /^(?:database|schema)\b/.test(rest)) {
    return { what: 'DROP DATABASE', severity: 'critical' };
  }
  const dropped = verb === 'DROP' && rest.startsWith('table') ? table : undefined;
  const emptied = verb === 'TRUNCATE' ? (table ?? rest) : undefined;
  const gone = dropped ?? emptied;
  if (gone !== undefined) {
    const what = dropped === undefined ? 'TRUNCATE' : 'DROP TABLE';
    return PASSING.test(gone) ? undefined : { what: `${what} ${gone}`, severity: 'warning' };
  }
  if (verb === 'COPY' && /\b(?:to|from) program\b/.test(rest)) {
    return { what: 'COPY with a program', severity: 'critical' };
  }
  if (table === undefined || PASSING.test(table)) return undefined;
  if (/\b(?:where|limit|using|join|returning|with)\b/.test(rest)) return undefined;
  if (verb === 'DELETE' && rest.startsWith('from ')) {
    return { what: `DELETE FROM ${table} without WHERE`, severity: 'warning' };
  }
  return verb === 'UPDATE' && /\bset\b/.test(rest)
    ? { what: `UPDATE ${table} without WHERE`, severity: 'warning' }
    : undefined;
}

function mongoDanger({ requestBody }: Call, method: string): Danger | undefined {
  if (method === 'DROPDATABASE') return { what: 'dropDatabase', severity: 'critical' };
  if (method === 'DROP') return { what: 'drop of a collection', severity: 'warning' };
  return method === 'DELETE' && EVERY_DOCUMENT.test(textOf(requestBody).slice(0, 4096))
    ? { what: 'delete of every document', severity: 'warning' }
    : undefined;
}
