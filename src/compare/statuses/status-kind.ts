/** What a status says of a call. `client` errors are the caller's doing, `server` errors the callee's. */
export type StatusKind = 'ok' | 'client' | 'server' | 'unknown';

/** gRPC codes that mean the server failed (the spec's list, as Google's API guide maps them to 5xx). */
const GRPC_SERVER = new Set(['2', '4', '12', '13', '14', '15']);

const SQL = new Set(['postgresql', 'postgres', 'mysql']);
/**
 * Classes of SQLSTATE (ISO/IEC 9075, appendix A of the PostgreSQL manual): connections, resources,
 * operators' interventions, the system, internal errors; all others are of what was asked.
 */
const SQL_SERVER = new Set(['08', '53', '57', '58', 'XX']);
/** Not those of errors: a success, a warning, and no data. */
const SQL_OTHER = new Set(['01', '02']);
/**
 * MySQL's own numbers for: no more connections, shutting down, no memory, no threads, too many by a user;
 * a full disk or table, a file or engine that fails, a server that is read only.
 */
const MYSQL_SERVER = new Set(
  '1037 1038 1040 1041 1053 1135 1203 1226 1021 1026 1030 1114 1290 1836'.split(' '),
);
/** What clients of MySQL say of a server that can't be reached, or went away. */
const MYSQL_LOST = new Set('2002 2003 2006 2013'.split(' '));
/** MySQL's numbers for what a server says of a statement: 1000 to 1999, and from version 8 on 3000 to 5999. */
const MYSQL_STATEMENT = /^[1345]\d{3}$/;
/** Kafka's numbers for: a request that timed out, too few replicas in time, a disk that fails, anything unexpected. */
const KAFKA_SERVER = new Set('-1 7 19 20 56'.split(' '));
/** Of brokers and groups that just moved, which clients ask again about. */
const KAFKA_MOVED = new Set('3 5 6 8 9 13 14 15 16 22 25 27 70 71 74 75 76 79 82'.split(' '));

/**
 * MongoDB's for: hosts that can't be reached, time that is up, a server that shuts down, steps down or is
 * no primary.
 */
const MONGODB_SERVER = new Set('6 7 50 89 91 189 262 10107 11600 11602 13435 13436'.split(' '));

/** What some protocols say in words and numbers of their own; anything else they say is read as others' is. */
const TOLD: ReadonlyMap<string, ReadonlyMap<string, StatusKind>> = new Map([
  [
    'redis',
    kinds({
      // Of a server that can't be written to, lacks memory, loads, or whose cluster or script is stuck.
      server: 'BUSY CLUSTERDOWN LOADING MASTERDOWN MISCONF NOREPLICAS OOM READONLY TRYAGAIN',
      // Of what was asked. Others that clients ask again about (MOVED, NOSCRIPT, …) are usual.
      client: 'ERR EXECABORT NOAUTH NOPERM NOPROTO WRONGPASS WRONGTYPE',
    }),
  ],
  // What a consumer gives back, as it could not do what it was to do; messages without a queue or consumer.
  ['amqp', kinds({ server: 'requeued', client: '312 313' })],
  // RFC 1035: the resolver failed or refused; a name that does not exist is mostly usual.
  ['dns', kinds({ server: '2 5' })],
]);

function kinds(
  words: Readonly<Partial<Record<'server' | 'client', string>>>,
): Map<string, StatusKind> {
  const kind = (name: 'server' | 'client') =>
    (words[name]?.split(' ') ?? []).map((word): [string, StatusKind] => [word, name]);
  return new Map([...kind('server'), ...kind('client')]);
}

/** HTTP's, which what records calls may say of any that was answered. */
const ANSWERED = '200';
/** PostgreSQL's for a server that is read only, as one is that was a primary. */
const READ_ONLY = '25006';

/**
 * DNS's word for a name that does not exist. Resolvers try names that don't, all the time, so it is no
 * error by itself; of a name that did exist it is one.
 */
export function isNoSuchName(protocol: string, status: string): boolean {
  return (
    protocol === 'dns' && /^(?:3|nx[ _-]?domain|(?:no such|non[ _-]?existent) .*)$/i.test(status)
  );
}

/** Classifies a status by its protocol's rules; what isn't documented is `unknown`, never an error. */
export function statusKind(protocol: string, status: string): StatusKind {
  if (protocol === 'grpc') return grpcKind(status);
  const sql = SQL.has(protocol) ? sqlKind(status) : undefined;
  if (sql) return sql;
  const stored = protocol === 'kafka' ? kafkaKind(status) : undefined;
  if (stored) return stored;
  if (protocol === 'mongodb' && status !== ANSWERED) return mongodbKind(status);
  const told = TOLD.get(protocol)?.get(status);
  if (told) return told;
  const code = Number(status);
  if (!Number.isInteger(code)) return wordKind(status);
  if (code >= 500 && code <= 599) return 'server';
  if (code >= 400 && code <= 499) return 'client';
  if (code >= 100 && code <= 399) return 'ok';
  return 'unknown';
}

/** DNS says `NOERROR` where nothing is wrong, and `REFUSED` where the resolver does not serve. */
function wordKind(status: string): StatusKind {
  if (/^no[ _-]?error$/i.test(status)) return 'ok';
  return /err|fail|exception|refused/i.test(status) ? 'server' : 'unknown';
}

/** Undefined for what is no code of Kafka's, of which there are less than two hundred. */
function kafkaKind(status: string): StatusKind | undefined {
  if (KAFKA_SERVER.has(status)) return 'server';
  if (KAFKA_MOVED.has(status)) return 'unknown';
  if (!/^1?\d{1,2}$/.test(status)) return undefined;
  return status === '0' ? 'ok' : 'client';
}

/** 1 is what says no more than that something failed, or, as `ok`, that nothing did. */
function mongodbKind(status: string): StatusKind {
  if (status === '0') return 'ok';
  if (MONGODB_SERVER.has(status)) return 'server';
  return /^\d+$/.test(status) && status !== '1' ? 'client' : wordKind(status);
}

function grpcKind(status: string): StatusKind {
  if (status === '0' || status === '200') return 'ok';
  if (GRPC_SERVER.has(status)) return 'server';
  const code = Number(status);
  if (code >= 500 && code <= 599) return 'server';
  return Number.isInteger(code) && code >= 1 && code <= 16 ? 'client' : 'unknown';
}

/** Undefined where it is no code of SQL. */
function sqlKind(status: string): StatusKind | undefined {
  if (MYSQL_SERVER.has(status) || MYSQL_LOST.has(status)) return 'server';
  if (MYSQL_STATEMENT.test(status)) return 'client';
  if (!/^(?=.*\d)[0-9A-Z]{5}$/.test(status)) return undefined;
  const group = status.slice(0, 2);
  if (group === '00') return 'ok';
  if (SQL_SERVER.has(group) || status === READ_ONLY) return 'server';
  return SQL_OTHER.has(group) ? undefined : 'client';
}
