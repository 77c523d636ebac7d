import type { Json } from '../../../support/json.ts';
import type { AlertRule } from '../../alert-rule.ts';
import type { Detector, DetectorKind, SeenCall, Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import { subjectKey } from '../../subject.ts';
import { callsFrom } from '../calls-filter.ts';
import { type Deed, Deeds } from '../deeds.ts';
import { readable } from '../readable.ts';
import { isEarly } from '../sightings.ts';
import { askerName, askerOf } from './asker.ts';
import { Forwarded } from './forwarded.ts';
import { Peaks } from './peaks.ts';

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
const TIMES_MOST = 3;
const IN_PATH = /\/(\d{1,15})(?=\/|\?|$)/g;
const IN_QUERY = /[?&](?:\w{0,20}_?id|number|no)=(\d{1,15})(?=&|$)/i;

interface Ids {
  calls: number;
  denied: number;
  readonly ids: Set<number>;
}

interface Reading {
  readonly deeds: Deeds;
  readonly forwarded: Forwarded;
  readonly asked: Map<string, Ids>;
}

class Enumeration implements Detector<Reading> {
  readonly #peaks: Peaks;

  constructor(kept: Json | undefined) {
    this.#peaks = readable(
      kept,
      (json) => Peaks.fromJSON(json),
      () => new Peaks(),
    );
  }

  read(): Reading {
    return { deeds: new Deeds(), forwarded: new Forwarded(), asked: new Map() };
  }

  observe({ deeds, forwarded, asked }: Reading, seen: SeenCall): void {
    const { call, operation } = seen;
    if (!call.path.startsWith('/') || call.status === undefined) return;
    const id = idIn(call.path);
    if (id === undefined) return;
    const subject = { ...askerOf(call), operation };
    const key = subjectKey(subject);
    const passed = forwarded.passes(`${id}`, subject.workload, call.dst.workload.name);
    if (passed) return;
    let of = asked.get(key);
    if (!of) {
      if (asked.size >= 2_000) return;
      of = { calls: 0, denied: 0, ids: new Set() };
      asked.set(key, of);
    }
    of.calls++;
    if (of.ids.size < MAX_IDS) of.ids.add(id);
    if (!DENIED.has(call.status)) return;
    of.denied++;
    deeds.add(seen, subject, `answered ${call.status}`, () => callsFrom(call));
  }

  judge({ view, normal, reader }: Situation<Reading>): Signal[] {
    if (isEarly(view.slot, normal.since)) return [];
    return reader.deeds.entries().flatMap(([key, deed]): Signal[] => {
      const of = reader.asked.get(key);
      if (!of || !isEnumeration(of)) return [];
      const most = this.#peaks.most(key, view.slot.start);
      return of.ids.size > TIMES_MOST * most ? [signalOf(deed, of, most, normal.words)] : [];
    });
  }

  learn({ view, normal, reader }: Situation<Reading>): void {
    const { start } = view.slot;
    for (const [key] of reader.deeds.entries()) {
      const of = reader.asked.get(key);
      if (of && isEnumeration(of)) {
        this.#peaks.add(key, of.ids.size, start, isEarly(view.slot, normal.since));
      }
    }
    this.#peaks.forget(start);
  }

  remembers(): Json {
    return this.#peaks.toJSON();
  }
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

function signalOf(
  { subject, since, evidence, kfl }: Deed,
  { calls, denied, ids }: Ids,
  most: number,
  words: string,
): Signal {
  return {
    rule: RULE.id,
    subject,
    summary: `${askerName(subject)} asks ${subject.operation} for ${ids.size} numbers one after another; ${denied} of ${calls} calls are denied or find nothing.`,
    since,
    value: ids.size,
    expected: most,
    unit: 'ids',
    chance: 0,
    events: calls,
    evidence,
    kfl,
    checked: `${calls} calls of the caller at the operation (learned: ${words}).`,
  };
}

export const enumeration: DetectorKind = {
  name: RULE.id,
  rules: [RULE],
  create: (kept) => new Enumeration(kept) as Detector,
};
