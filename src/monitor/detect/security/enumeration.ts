import type { AlertRule } from '../../alert-rule.ts';
import type { SeenCall } from '../../detector.ts';
import { subjectKey } from '../../subject.ts';
import { callsFrom } from '../calls-filter.ts';
import type { Deeds } from '../deeds.ts';
import { abovePeak } from './above-peak.ts';
import { askerName, askerOf } from './asker.ts';
import { Forwarded } from './forwarded.ts';

const RULE: AlertRule = {
  id: 'security.enumeration',
  category: 'security',
  severity: 'warning',
  title: 'Ids are tried one after another',
  meaning:
    'One caller asks an operation for one number after the other, and most are not there or not for it. The workload is who does it, the operation what it asks.',
  method:
    'The numbers in the paths and parameters named id that one caller asks an operation for: at least 50 different ones in an interval, of which at least four fifths have a neighbour (± 1), and at least half of the calls are answered with 401, 403, 404 or 410; three times the most of such ids that it had in an interval of the last two weeks (OWASP API1: broken object level authorization).',
  within: 'In the interval in which the fiftieth id is asked for.',
  confirm: 1,
  clear: 3,
  remedy:
    'Block the caller, limit its rate, and check that the operation asks whose the object is. A job of your own that does so is known once it has run.',
  symptom: false,
};
const DENIED = new Set(['401', '403', '404', '410']);
const LEAST_IDS = 50;
const MAX_IDS = 10_000;
const MAX_ASKERS = 2_000;
const IN_PATH = /\/(\d{1,15})(?=\/|\?|$)/g;
const IN_QUERY = /[?&](?:\w{0,20}_?id|number|no)=(\d{1,15})(?=&|$)/i;

interface Ids {
  calls: number;
  denied: number;
  readonly ids: Set<number>;
}

interface Asked {
  readonly forwarded: Forwarded;
  readonly ids: Map<string, Ids>;
}

function observe({ forwarded, ids }: Asked, deeds: Deeds, seen: SeenCall): void {
  const { call, operation } = seen;
  if (!call.path.startsWith('/') || call.status === undefined) return;
  const id = idIn(call.path);
  if (id === undefined) return;
  const subject = { ...askerOf(call), operation };
  const key = subjectKey(subject);
  const passed = forwarded.passes(`${id}`, subject.workload, call.dst.workload.name);
  if (passed) return;
  let of = ids.get(key);
  if (!of) {
    if (ids.size >= MAX_ASKERS) return;
    of = { calls: 0, denied: 0, ids: new Set() };
    ids.set(key, of);
  }
  of.calls++;
  if (of.ids.size < MAX_IDS) of.ids.add(id);
  if (!DENIED.has(call.status)) return;
  of.denied++;
  deeds.add(seen, subject, `answered ${call.status}`, () => callsFrom(call));
}

/** The last number of the path, or the one of a parameter named as an id. */
function idIn(path: string): number | undefined {
  const text = path.length > 2048 ? path.slice(0, 2048) : path;
  const query = text.indexOf('?');
  const numbers = [...(query < 0 ? text : text.slice(0, query)).matchAll(IN_PATH)];
  const found = numbers.at(-1)?.[1] ?? (query < 0 ? undefined : IN_QUERY.exec(text)?.[1]);
  return found === undefined ? undefined : Number(found);
}

function isEnumeration({ calls, denied, ids }: Ids): boolean {
  if (ids.size < LEAST_IDS || denied * 2 < calls) return false;
  let neighbours = 0;
  for (const id of ids) if (ids.has(id - 1) || ids.has(id + 1)) neighbours++;
  return neighbours * 5 >= ids.size * 4;
}

export const enumeration = abovePeak<Asked>({
  rule: RULE,
  begin: () => ({ forwarded: new Forwarded(), ids: new Map() }),
  observe,
  size: ({ ids }, key) => {
    const of = ids.get(key);
    return of && isEnumeration(of) ? of.ids.size : undefined;
  },
  tell: (asked, key, { subject }) => {
    const { calls, denied, ids } = asked.ids.get(key) as Ids;
    return {
      summary: `${askerName(subject)} asks ${subject.operation} for ${ids.size} numbers one after another; ${denied} of ${calls} calls are denied or find nothing.`,
      value: ids.size,
      unit: 'ids',
      events: calls,
      looked: `${calls} calls of the caller at the operation`,
    };
  },
});
