import type { AlertRule } from '../../alert-rule.ts';
import type { SeenCall } from '../../detector.ts';
import { type Subject, subjectKey } from '../../subject.ts';
import { callsBetween } from '../calls-filter.ts';
import type { Deeds } from '../deeds.ts';
import { abovePeak } from './above-peak.ts';
import { askerName, askerOf } from './asker.ts';

const RULE: AlertRule = {
  id: 'security.mass-download',
  category: 'security',
  severity: 'warning',
  title: 'One client takes far more data than any before',
  meaning:
    'One address takes so much from an operation as no client of it ever did: data that is carried off looks like this, as do a first large export and a copy of the whole site. The workload is who gives it, the detail the address.',
  method:
    'Bytes of the successful answers (2xx) that an address without a name in the cluster, or behind a proxy without one, got of an operation in an interval; pages, scripts, pictures, sound and films don’t count. At least 50 MB, and three times the most that any client got of the operation in an interval of the last two weeks. Less can’t be told from a client who is busy.',
  within: 'In the interval in which it is too much.',
  confirm: 1,
  clear: 3,
  remedy:
    'See who the client is, what it got and whether it may: limit how much one answer, and one client, can hold. An export on purpose is known once it has run.',
  symptom: false,
};
const LEAST_BYTES = 50_000_000;
const MAX_CLIENTS = 20_000;
const HTTP = new Set('http https http2 graphql gql grpc'.split(' '));
const SHOWN =
  /^(?:text\/(?:html|css|javascript)|application\/(?:javascript|wasm)|image|video|audio|font)\b/i;

interface Taken {
  bytes: number;
  calls: number;
}

type Clients = Map<string, Taken>;

function observe(clients: Clients, deeds: Deeds, seen: SeenCall): void {
  const { call, operation } = seen;
  const { status, responseSize = 0, responseHeaders } = call;
  if (!HTTP.has(call.protocol) || !/^(?:2\d\d|0)$/.test(status ?? '')) return;
  const { workload: caller, detail } = askerOf(call);
  if (detail === undefined || SHOWN.test(responseHeaders.get('content-type') ?? '')) return;
  const subject: Subject = { workload: call.dst.workload.name, operation, caller, detail };
  const key = subjectKey(subject);
  const taken = clients.get(key) ?? { bytes: 0, calls: 0 };
  if (!clients.has(key)) {
    if (clients.size >= MAX_CLIENTS) return;
    clients.set(key, taken);
  }
  taken.bytes += responseSize;
  taken.calls++;
  if (taken.bytes < LEAST_BYTES) return;
  deeds.add(seen, subject, `${megabytes(responseSize)} answered`, () => callsBetween(call));
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toPrecision(2)} MB`;
}

export const massDownload = abovePeak<Clients>({
  rule: RULE,
  begin: () => new Map(),
  observe,
  size: (clients, key) => {
    const bytes = clients.get(key)?.bytes ?? 0;
    return bytes >= LEAST_BYTES ? bytes : undefined;
  },
  kind: ({ operation, caller }) => JSON.stringify([operation, caller]),
  tell: (clients, key, { subject }) => {
    const { bytes, calls } = clients.get(key) as Taken;
    const who = askerName({ workload: subject.caller ?? '', detail: subject.detail ?? '' });
    return {
      summary: `${who} takes ${Math.round(bytes / 1e6)} MB of ${subject.operation} in ${calls} calls, more than any client ever did.`,
      value: bytes,
      unit: 'bytes',
      events: calls,
      looked: `What each of ${clients.size} clients and operations got in the interval`,
    };
  },
});
