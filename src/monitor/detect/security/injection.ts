import { statusKind } from '../../../compare/statuses/status-kind.ts';
import { hash32 } from '../../../support/hash.ts';
import type { Json } from '../../../support/json.ts';
import { counted } from '../../../support/quantity.ts';
import type { AlertRule } from '../../alert-rule.ts';
import type { Detector, DetectorKind, SeenCall, Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import { DAY_MS, type Slot } from '../../slot.ts';
import { type Subject, subjectKey } from '../../subject.ts';
import { callsBetween } from '../calls-filter.ts';
import { type Deed, Deeds } from '../deeds.ts';
import { readable } from '../readable.ts';
import { isEarly, Sightings } from '../sightings.ts';
import { askerName, askerOf } from './asker.ts';
import { Forwarded } from './forwarded.ts';
import { type Attack, attackIn } from './injection-patterns.ts';
import { requestValues } from './request-values.ts';

const RULE: AlertRule = {
  id: 'security.injection',
  category: 'security',
  severity: 'warning',
  title: 'Injection is tried',
  meaning:
    'Requests carry what an attacker sends: SQL that breaks out of a value, a shell’s commands, ways out of a folder, scripts, template expressions, JNDI lookups. The workload is who is attacked first; what it passes on is not told again.',
  method:
    'Few, precise patterns after OWASP’s core rule set (CRS 4, paranoia level 1), on the decoded path, parameters, some headers, and strings of forms and JSON bodies up to 16 kB. Told from three different values on, or from one that was not refused (answered with success, or with a failure of the server). An operation whose calls carried the like in the first day of learning, or for 24 hours, and every day since, takes such text by its nature and is left out.',
  within: 'In the interval of the attempt.',
  confirm: 1,
  clear: 6,
  remedy:
    'Look at the calls: were they refused? Block the caller, and check how the operation treats the value. An operation that takes code or queries on purpose is known after 24 hours.',
  symptom: false,
};
const LEAST_VALUES = 3;
const MAX_VALUES = 200;
const PROTOCOLS = new Set('http https http2 graphql gql grpc ws websocket'.split(' '));

interface Tried {
  /** Hashes of different values. */
  readonly values: Set<number>;
  /** Whether one was not refused. */
  open: boolean;
  /** Who sent them: addresses where the caller has no name. */
  readonly askers: Set<string>;
}

interface Reading {
  readonly deeds: Deeds;
  readonly forwarded: Forwarded;
  /** By subject. */
  readonly tried: Map<string, Tried>;
  /** Operations and kinds of attack, by subject. */
  readonly at: Map<string, Set<string>>;
}

class Injection implements Detector<Reading> {
  /** Operation and kind of attack. */
  readonly #usual: Sightings;

  constructor(kept: Json | undefined) {
    this.#usual = readable(
      kept,
      (json) => Sightings.fromJSON(json),
      () => new Sightings(),
    );
  }

  read(): Reading {
    return { deeds: new Deeds(), forwarded: new Forwarded(), tried: new Map(), at: new Map() };
  }

  observe(reading: Reading, seen: SeenCall): void {
    const { call } = seen;
    if (!PROTOCOLS.has(call.protocol)) return;
    for (const [place, value] of requestValues(call)) {
      const attack = attackIn(value);
      if (!attack) continue;
      const [caller, target] = [call.src.workload.name, call.dst.workload.name];
      if (reading.forwarded.passes(value, caller, target)) return;
      const subject: Subject = { workload: target, caller };
      const deed = reading.deeds.add(seen, subject, `${attack} in the ${placeName(place)}`, () =>
        callsBetween(call),
      );
      if (deed) note(reading, subject, { attack, value, seen });
      return;
    }
  }

  judge({ view, normal, reader }: Situation<Reading>): Signal[] {
    const early = isEarly(view.slot, normal.since);
    return reader.deeds.entries().flatMap(([key, deed]): Signal[] => {
      const tried = reader.tried.get(key);
      const kinds = [...(reader.at.get(key) ?? [])];
      if (!tried || kinds.every((kind) => this.#isUsual(kind, view.slot, normal.since))) return [];
      if (tried.values.size < LEAST_VALUES && !tried.open) return [];
      return [signalOf(deed, tried, early, normal.words)];
    });
  }

  learn({ view, reader }: Situation<Reading>): void {
    const { start } = view.slot;
    const kinds = new Set([...reader.at.values()].flatMap((at) => [...at]));
    for (const kind of kinds) this.#usual.see(kind, start, DAY_MS);
    this.#usual.forget(start);
  }

  remembers(): Json {
    return this.#usual.toJSON();
  }

  #isUsual(kind: string, slot: Slot, since: number | undefined): boolean {
    const seen = this.#usual.get(kind);
    if (!seen || slot.start - seen.last > DAY_MS) return false;
    return this.#usual.standing(kind, slot, since, Number.POSITIVE_INFINITY) === 'known';
  }
}

function note(
  { tried, at }: Reading,
  subject: Subject,
  { attack, value, seen }: { attack: Attack; value: string; seen: SeenCall },
): void {
  const key = subjectKey(subject);
  const known = tried.get(key) ?? { values: new Set(), open: false, askers: new Set() };
  if (known.values.size < MAX_VALUES) known.values.add(hash32(value));
  if (known.askers.size < MAX_VALUES) known.askers.add(askerName(askerOf(seen.call)));
  known.open ||= !isRefused(seen);
  tried.set(key, known);
  const kinds = at.get(key) ?? new Set<string>();
  if (kinds.size < MAX_VALUES) kinds.add(`${attack} ${seen.operation}`);
  at.set(key, kinds);
}

/** Refused: the answer lays it on the caller. No answer at all is no refusal, nor an answer. */
function isRefused({ call }: SeenCall): boolean {
  return call.status === undefined || statusKind(call.protocol, call.status) === 'client';
}

function placeName(place: string): string {
  return place === 'query' ? 'parameters' : place;
}

function signalOf(
  { subject, since, events, evidence, notes, kfl }: Deed,
  tried: Tried,
  early: boolean,
  words: string,
): Signal {
  const [first, ...more] = tried.askers;
  const who = more.length === 0 ? first : `${subject.caller}, from ${more.length + 1} addresses,`;
  const { size } = tried.values;
  const values = counted(size, 'different value');
  const outcome = tried.open ? 'not all were refused' : 'all were refused';
  return {
    rule: RULE.id,
    subject,
    ...((early || !tried.open) && { severity: early ? 'info' : 'warning' }),
    summary: `${who} tries to inject at ${subject.workload}: ${values} in ${counted(events, 'call')} (${[...notes].join('; ')}); ${outcome}.`,
    since,
    value: tried.values.size,
    expected: 0,
    unit: 'values',
    chance: 0,
    events,
    evidence,
    kfl,
    checked: `Every request to ${subject.workload}, against patterns that ${counted(events, 'call')} fit; learned so far: ${words}.`,
  };
}

export const injection: DetectorKind = {
  name: RULE.id,
  rules: [RULE],
  create: (kept) => new Injection(kept) as Detector,
};
