import { podNames, quote } from '../../calls/kfl.ts';
import type { Family } from '../../calls/target.ts';
import { isNameless } from '../../calls/workload.ts';

/** KFL's words for protocols that its documents name. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['http', 'http'],
  ['https', 'http'],
  ['http2', 'http'],
  ['grpc', 'grpc'],
  ['graphql', 'gql'],
  ['gql', 'gql'],
  ['ws', 'ws'],
  ['websocket', 'ws'],
  ['redis', 'redis'],
  ['kafka', 'kafka'],
  ['amqp', 'amqp'],
  ['dns', 'dns'],
  ['ldap', 'ldap'],
]);
const SERVICE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const METHOD = /^[A-Z]{1,20}$/;
const PARAMETER = '{id}';

/** The calls of one operation, told by its family and its plain form: parts that must all hold. */
export function ofTarget(family: Family, operation: string): readonly string[] {
  const word = WORDS.get(family.protocol);
  const parts = [...(word ? [word] : []), ...callsTo(family.workload)];
  const target = operation.slice(`${family.workload} ${family.method} `.length);
  if (word === 'redis') return [...parts, ...ofKey(family.method, target)];
  if (METHOD.test(family.method) && word !== 'grpc') {
    parts.push(`method == ${quote(family.method)}`);
  }
  if (family.separator === '/' && target.startsWith('/')) parts.push(ofPath(target));
  return parts;
}

/** Calls to a workload; nothing where its name is no service's: KFL tells hosts by no sure field. */
export function callsTo(workload: string): readonly string[] {
  return onSide('dst', workload);
}

/** Calls from a workload, likewise. */
export function callsFrom(workload: string): readonly string[] {
  return onSide('src', workload);
}

/** Calls that ended with a status; nothing where it is no number. */
export function withStatus(protocol: string, status: string): readonly string[] {
  if (!/^\d{1,9}$/.test(status)) return [];
  return [
    `${protocol === 'grpc' && Number(status) < 100 ? 'grpc_status' : 'status_code'} == ${Number(status)}`,
  ];
}

function onSide(side: 'src' | 'dst', workload: string): readonly string[] {
  if (!SERVICE.test(workload) || isNameless(workload)) return [];
  const pods = `${side}.pod.name.matches(${quote(podNames(workload))})`;
  return [`(${side}.service.name == ${quote(workload)} || ${pods})`];
}

function ofPath(target: string): string {
  if (target.endsWith('…')) return `path.startsWith(${quote(target.split(PARAMETER)[0] ?? '/')})`;
  if (!target.includes(PARAMETER)) return `path == ${quote(target)}`;
  return `path.matches(${quote(`^${asPattern(target, '[^/]+')}$`)})`;
}

function ofKey(method: string, key: string): readonly string[] {
  const parts = METHOD.test(method) ? [`redis_type == ${quote(method)}`] : [];
  if (key === '' || key.endsWith('…')) return parts;
  const is = key.includes(PARAMETER)
    ? `redis_key.matches(${quote(`^${asPattern(key, '.+')}$`)})`
    : `redis_key == ${quote(key)}`;
  return [...parts, is];
}

function asPattern(plain: string, parameter: string): string {
  return plain
    .split(PARAMETER)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join(parameter);
}
