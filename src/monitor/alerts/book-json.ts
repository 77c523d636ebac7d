import { z } from 'zod';
import { byCodeUnit, isRecord, type Json } from '../../support/json.ts';
import { ALERT_SEVERITIES } from '../alert-rule.ts';
import type { Signal } from '../signal.ts';
import type { Subject } from '../subject.ts';
import type { BookState } from './book-state.ts';
import { MAX_EVIDENCE } from './incident.ts';

const FORMAT = 1;
const text = z.string();
const count = z.int().nonnegative();
const maybe = <T extends z.ZodType>(schema: T) =>
  schema.nullable().transform((value) => value ?? undefined);
const severity = z.enum(ALERT_SEVERITIES);
/** Checked, not copied: a copy would have its members in another order. */
const subject = z.custom<Subject>(isSubject);
const signal = z.custom<Signal>(isSignal);
const deviation = z.strictObject({
  key: text,
  rule: text,
  subject,
  first: z.number(),
  last: z.number(),
  since: z.number(),
  severity,
  chance: z.number(),
  seen: count,
  quiet: count,
  thin: count,
  recurs: z.boolean().default(false),
  every: z
    .number()
    .nonnegative()
    .nullable()
    .default(null)
    .transform((value) => value ?? undefined),
  held: z.boolean(),
  alert: maybe(text),
});
const incident = z.strictObject({
  id: text,
  lead: text,
  rule: text,
  category: z.enum(['errors', 'latency', 'traffic', 'protocol', 'network', 'security', 'monitor']),
  signal,
  severity,
  since: z.number(),
  firedAt: z.number(),
  shownUntil: z.number(),
  resolvedAt: maybe(z.number()),
  endSeenAt: maybe(z.number()),
  age: count,
  returns: count,
  learned: text,
  effects: z
    .array(z.tuple([text, z.strictObject({ rule: text, subject, summary: text })]))
    .transform((entries) => new Map(entries)),
  snapshot: maybe(text),
  silenced: maybe(text),
  told: z.boolean(),
});
const book = z.strictObject({
  format: z.literal(FORMAT),
  taken: z.number(),
  deviations: z.array(deviation),
  beginnings: z.array(z.tuple([text, z.array(z.number())])).default([]),
  incidents: z.array(incident),
  sent: z.array(z.tuple([z.number(), z.number()])),
  beyond: z.strictObject({ count, last: z.number() }),
});

export function bookToJSON(state: BookState): Json {
  const { taken, deviations, beginnings, incidents, sent, beyond } = state;
  return {
    format: FORMAT,
    taken,
    deviations: [...deviations.values()]
      .sort((a, b) => byCodeUnit(a.key, b.key))
      .map((one) => ({
        ...one,
        subject: { ...one.subject },
        every: one.every ?? null,
        alert: one.alert ?? null,
      })),
    // In the order of when they came last, which is that of forgetting.
    beginnings: [...beginnings].map(([key, starts]) => [key, [...starts]]),
    incidents: [...incidents.values()]
      .sort((a, b) => byCodeUnit(a.id, b.id))
      .map((one) => ({
        ...one,
        signal: signalToJSON(one.signal),
        resolvedAt: one.resolvedAt ?? null,
        endSeenAt: one.endSeenAt ?? null,
        effects: [...one.effects].map(([key, { rule, subject, summary }]) => [
          key,
          { rule, subject: { ...subject }, summary },
        ]),
        snapshot: one.snapshot ?? null,
        silenced: one.silenced ?? null,
      })),
    sent: sent.map((entry) => [...entry]),
    beyond: { ...beyond },
  };
}

/** Throws RangeError on anything that `bookToJSON` can't have written. */
export function bookFromJSON(json: Json | undefined): BookState {
  if (json === undefined) {
    return {
      taken: 0,
      deviations: new Map(),
      beginnings: new Map(),
      incidents: new Map(),
      sent: [],
      beyond: { count: 0, last: 0 },
    };
  }
  const { success, data, error } = book.safeParse(json);
  if (!success) throw new RangeError('not a book of alerts', { cause: error });
  return {
    taken: data.taken,
    deviations: new Map(data.deviations.map((one) => [one.key, one])),
    beginnings: new Map(data.beginnings),
    incidents: new Map(data.incidents.map((one) => [one.id, one])),
    sent: data.sent,
    beyond: data.beyond,
  };
}

function signalToJSON(signal: Signal): Json {
  const evidence = signal.evidence.slice(0, MAX_EVIDENCE);
  return JSON.parse(JSON.stringify({ ...signal, evidence })) as Json;
}

const SUBJECT = new Set(['workload', 'operation', 'caller', 'detail']);

function isSubject(json: unknown): boolean {
  if (!isRecord(json) || typeof json.workload !== 'string') return false;
  return Object.entries(json).every(
    ([key, value]) => SUBJECT.has(key) && typeof value === 'string',
  );
}

function isSignal(json: unknown): boolean {
  return (
    isRecord(json) &&
    [json.rule, json.summary, json.unit, json.kfl, json.checked].every(isText) &&
    [json.since, json.value, json.chance, json.events].every(Number.isFinite) &&
    isSubject(json.subject) &&
    Array.isArray(json.evidence)
  );
}

function isText(json: unknown): boolean {
  return typeof json === 'string';
}
