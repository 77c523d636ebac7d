import { podNames, quote } from '../../calls/kfl.ts';
import { isNameless } from '../../calls/workload.ts';

/** Which calls are meant; what is absent is not asked for. */
export interface Wanted {
  /** As a call names it: `http`, `postgresql`. */
  readonly protocol?: string | undefined;
  /** Workload that serves. */
  readonly callee?: string | undefined;
  /** Workload that calls. */
  readonly caller?: string | undefined;
  readonly method?: string | undefined;
  /** Start of the path. */
  readonly path?: string | undefined;
  /** Address of the server, where it has no name in the cluster. */
  readonly address?: string | undefined;
  /** `failed`: 5xx or never answered; `rejected`: 4xx; or one status. */
  readonly status?: 'failed' | 'rejected' | number | undefined;
  /** Only calls that took longer, ms. */
  readonly slowerThan?: number | undefined;
}

/** Words of KFL for protocols; a word that it has not would match nothing. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ...'http grpc gql ws dns redis kafka amqp ldap tls tcp udp icmp mongodb mysql postgresql radius diameter'
    .split(' ')
    .map((word) => [word, word] as const),
  ['https', 'http'],
  ['http2', 'http'],
  ['graphql', 'gql'],
  ['websocket', 'ws'],
  ['postgres', 'postgresql'],
  ['pgsql', 'postgresql'],
  ['mariadb', 'mysql'],
  ['mongo', 'mongodb'],
]);
const HTTP = new Set(['http', 'gql', 'ws']);
const MAX_TEXT = 253;

/**
 * The filter for some calls, in the best documented of the dialects. Sources often have no service,
 * so a caller counts by the names of its pods too. A path with a parameter is asked for up to it.
 */
export function kflOf(wanted: Wanted): string {
  const word = WORDS.get(wanted.protocol ?? '');
  const parts = [
    word,
    calleeIs(wanted.callee),
    callerIs(wanted.caller),
    wanted.address && `dst.ip == ${text(wanted.address)}`,
    wanted.method && `method == ${text(wanted.method)}`,
    wanted.path && `path.startsWith(${text(wanted.path.split('{')[0] as string)})`,
    statusIs(wanted.status, word),
    wanted.slowerThan !== undefined && `elapsed_time > ${Math.floor(wanted.slowerThan * 1000)}`,
  ];
  return parts.filter(Boolean).join(' && ');
}

/** A service, or a host outside: hosts have no service, and are told by what else is asked for. */
function calleeIs(name = ''): string | undefined {
  if (isNameless(name) || name.includes('.')) return undefined;
  return `dst.service.name == ${text(name)}`;
}

function callerIs(name = ''): string | undefined {
  if (isNameless(name)) return undefined;
  return `(src.service.name == ${text(name)} || src.pod.name.matches(${quote(podNames(name.slice(0, MAX_TEXT)))}))`;
}

function statusIs(status: Wanted['status'], word: string | undefined): string | undefined {
  if (status === undefined || (word !== undefined && !HTTP.has(word))) return undefined;
  if (status === 'failed') return '(status_code >= 500 || status_code == 0)';
  if (status === 'rejected') return 'status_code >= 400 && status_code < 500';
  return `status_code == ${status}`;
}

const text = (value: string) => quote(value.slice(0, MAX_TEXT));
