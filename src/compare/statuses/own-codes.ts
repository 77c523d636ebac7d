import { isSqlProtocol } from '../../calls/protocol-kind.ts';
import type { StatusKind } from './status-kind.ts';

/** What a code of a protocol's own says: whose doing it is and, where it tells that, why in words. */
export interface OwnCode {
  readonly kind: StatusKind;
  readonly why?: string;
}

type Told = readonly [kind: StatusKind, codes: string, why?: string];

const READ_ONLY = 'it is read only';
const TOO_LONG = 'a statement took too long, or was cancelled';
const GOING_DOWN = 'it starts or shuts down';
const LACKS = 'it lacks disk, memory or connections';
const FAILS = 'its disk or system fails';
const CLIENT: OwnCode = { kind: 'client' };

/** Of PostgreSQL (its manual, appendix A), of MySQL, and of MySQL's clients, from 2000 on. */
const SQL = table(
  ['server', '25006 1290 1836', READ_ONLY],
  ['server', '57014', TOO_LONG],
  ['client', '3024', TOO_LONG],
  ['server', '57P01 57P02 57P03 1053', GOING_DOWN],
  ['server', '1021 1037 1038 1040 1041 1114 1135 1203 1226', LACKS],
  ['server', '1026 1030', FAILS],
  ['server', '2002 2003 2006 2013'],
);
/** Classes of SQLSTATE (ISO/IEC 9075) that are not the fault of what was asked. */
const SQLSTATE = table(
  ['ok', '00'],
  ['server', '08 57 XX'],
  ['server', '53', LACKS],
  ['server', '58', FAILS],
);
const NO_ERRORS = new Set(['01', '02']);
/** MySQL's numbers for what a server says of a statement; those from 3000 on since version 8. */
const MYSQL_STATEMENT = /^[1345]\d{3}$/;

/** Hosts that can't be reached, no primary, a server that steps down. */
const MONGODB = table(
  ['ok', '0'],
  ['server', '10107 13435', READ_ONLY],
  ['server', '50 262', TOO_LONG],
  ['server', '91 11600 11602', GOING_DOWN],
  ['server', '6 7 89 189 13436'],
);
/** What records calls may say this of any that was answered. */
const ANSWERED = '200';

/** `unknown`: of brokers and groups that just moved, which clients ask again about. */
const KAFKA = table(
  ['ok', '0'],
  ['server', '-1 7 19 20'],
  ['server', '56', FAILS],
  ['unknown', '3 5 6 8 9 13 14 15 16 22 25 27 70 71 74 75 76 79 82'],
);

/** Others that clients ask again about (MOVED, NOSCRIPT, …) are usual. */
const REDIS = table(
  ['server', 'READONLY', READ_ONLY],
  ['server', 'LOADING', GOING_DOWN],
  ['server', 'OOM', LACKS],
  ['server', 'MISCONF', FAILS],
  ['server', 'BUSY CLUSTERDOWN MASTERDOWN NOREPLICAS TRYAGAIN'],
  ['client', 'ERR EXECABORT NOAUTH NOPERM NOPROTO WRONGPASS WRONGTYPE'],
);

const OTHERS: ReadonlyMap<string, ReadonlyMap<string, OwnCode>> = new Map([
  ['redis', REDIS],
  // What a consumer gives back, as it could not do what it was to do; messages without a queue or consumer.
  ['amqp', table(['server', 'requeued'], ['client', '312 313'])],
  // RFC 1035: the resolver failed or refused; a name that does not exist is mostly usual.
  ['dns', table(['server', '2 5'])],
]);

/** Undefined for what is no code of the protocol's own. */
export function ownCode(protocol: string, status: string): OwnCode | undefined {
  if (isSqlProtocol(protocol)) return SQL.get(status) ?? sqlClass(status);
  if (protocol === 'mongodb') return mongodbCode(status);
  // There are less than two hundred.
  if (protocol === 'kafka')
    return KAFKA.get(status) ?? (/^1?\d{1,2}$/.test(status) ? CLIENT : undefined);
  return OTHERS.get(protocol)?.get(status);
}

/** Why a call failed, as far as its code tells: ` (25006: it is read only)`; empty for any other text. */
export function codeSays(protocol: string, status: string): string {
  const why = ownCode(protocol, status)?.why;
  return why === undefined ? '' : ` (${status}: ${why})`;
}

function sqlClass(status: string): OwnCode | undefined {
  if (MYSQL_STATEMENT.test(status)) return CLIENT;
  if (!/^(?=.*\d)[0-9A-Z]{5}$/.test(status)) return undefined;
  const group = status.slice(0, 2);
  return SQLSTATE.get(group) ?? (NO_ERRORS.has(group) ? undefined : CLIENT);
}

/** 1 is what says no more than that something failed, or, as `ok`, that nothing did. */
function mongodbCode(status: string): OwnCode | undefined {
  if (status === ANSWERED || status === '1') return undefined;
  return MONGODB.get(status) ?? (/^\d+$/.test(status) ? CLIENT : undefined);
}

function table(...told: readonly Told[]): ReadonlyMap<string, OwnCode> {
  return new Map(
    told.flatMap(([kind, codes, why]) =>
      codes
        .split(' ')
        .map((code): [string, OwnCode] => [code, { kind, ...(why !== undefined && { why }) }]),
    ),
  );
}
