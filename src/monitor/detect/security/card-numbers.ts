import { isPaymentCard } from '../../../calls/payment-card.ts';
import { binomialTail } from '../../../compare/stats/binomial.ts';
import type { Json } from '../../../support/json.ts';
import type { Detector, DetectorKind, SeenCall, Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import { DAY_MS } from '../../slot.ts';
import type { Subject } from '../../subject.ts';
import { callsTo } from '../calls-filter.ts';
import { type Deed, Deeds } from '../deeds.ts';
import { readable } from '../readable.ts';
import { isEarly, Sightings } from '../sightings.ts';
import { SECRET_IN_CLEAR, textOf } from './secret-in-clear.ts';

/** Issuers by their first digits, each with its lengths (ISO/IEC 7812). */
const ISSUED =
  /^(?:4\d{12}(?:\d{3})?|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|5\d\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12})$/;
/** Digits as a whole JSON or form value, in groups or not; and the name before them. */
const VALUE =
  /(?:"([\w.-]{1,64})"\s{0,4}:\s{0,4}"?|(?:^|&)([\w.-]{1,64})=)(\d(?:[ +-]?\d){12,18})(?=["&,}\]\s]|$)/g;
const HINT = /\d{4}[ +-]?\d{4,6}[ +-]?\d{4}/;
const CARD_NAME = /card|(?:^|[_-])(?:pan|cc)(?:$|[_-])|^ccn|account.?number/i;
/** A random number passes Luhn's check so often. */
const BY_CHANCE = 0.1;
/** Six of six. */
const MAX_CHANCE = 1.01e-6;

interface Tally {
  candidates: number;
  valid: number;
}

interface Reading {
  readonly deeds: Deeds;
  readonly tallies: Map<string, Tally>;
}

/** Card numbers in bodies of operations that were known for a day without any. */
class CardNumbers implements Detector<Reading> {
  readonly #held: Sightings;

  constructor(kept: Json | undefined) {
    this.#held = readable(
      kept,
      (json) => Sightings.fromJSON(json),
      () => new Sightings(),
    );
  }

  read(): Reading {
    return { deeds: new Deeds(), tallies: new Map() };
  }

  observe(reading: Reading, seen: SeenCall): void {
    this.#look(reading, seen, 'request');
    this.#look(reading, seen, 'response');
  }

  judge({ view, normal, reader }: Situation<Reading>): Signal[] {
    if (isEarly(view.slot, normal.since)) return [];
    return held(reader).flatMap(([key, deed, chance]): Signal[] => {
      const known = normal.operation(deed.subject.operation ?? '');
      if (!known || view.slot.start - known.first < DAY_MS) return [];
      const { clear, id } = SECRET_IN_CLEAR;
      if (this.#held.standing(key, view.slot, normal.since, clear) === 'known') return [];
      const { subject, since, events, evidence, kfl } = deed;
      return [
        {
          rule: id,
          subject,
          summary: `${subject.operation} has card numbers in the ${subject.detail}, in ${events} calls; it never had any.`,
          since,
          value: events,
          expected: 0,
          unit: 'calls',
          chance,
          events,
          evidence,
          kfl,
          checked: `Every number of an issuer’s form in the ${subject.detail}, by Luhn’s check, against what was learned (${normal.words}).`,
        },
      ];
    });
  }

  learn({ view, normal, reader }: Situation<Reading>): void {
    for (const [key] of held(reader)) {
      this.#held.note(key, view.slot, normal.since, SECRET_IN_CLEAR.clear);
    }
    this.#held.forget(view.slot.start);
  }

  remembers(): Json {
    return this.#held.toJSON();
  }

  #look(reading: Reading, seen: SeenCall, side: 'request' | 'response'): void {
    const { call } = seen;
    const text = textOf(side === 'request' ? call.requestBody : call.responseBody);
    if (text.length < 13 || !HINT.test(text)) return;
    const found = new Set<string>();
    for (const [, json, form, digits = ''] of text.matchAll(VALUE)) {
      const number = digits.replace(/[ +-]/g, '');
      if (!ISSUED.test(number)) continue;
      const named = CARD_NAME.test(json ?? form ?? '');
      const detail = `${side} body${named ? ', in a field for cards' : ''}`;
      const tally = tallyOf(reading, JSON.stringify(subjectOf(seen, detail)));
      if (tally) tally.candidates++;
      if (!isPaymentCard(number)) continue;
      if (tally) tally.valid++;
      found.add(detail);
    }
    for (const detail of found) {
      const note = `a card number in the ${detail}`;
      reading.deeds.add(seen, subjectOf(seen, detail), note, () => callsTo(call));
    }
  }
}

function subjectOf({ call, operation }: SeenCall, detail: string): Subject {
  return { workload: call.dst.workload.name, operation, detail };
}

function tallyOf({ tallies }: Reading, key: string): Tally | undefined {
  let tally = tallies.get(key);
  if (!tally && tallies.size < 2_000) {
    tally = { candidates: 0, valid: 0 };
    tallies.set(key, tally);
  }
  return tally;
}

/** Where there are card numbers beyond what chance makes. */
function held({ deeds, tallies }: Reading): [key: string, deed: Deed, chance: number][] {
  return deeds.entries().flatMap(([key, deed]): [string, Deed, number][] => {
    const { candidates, valid } = tallies.get(JSON.stringify(deed.subject)) ?? {
      candidates: 0,
      valid: 0,
    };
    const chance = binomialTail(valid, candidates, BY_CHANCE);
    const named = deed.subject.detail?.includes('cards');
    const all = valid * 2 > candidates;
    return all && (named || chance <= MAX_CHANCE) ? [[key, deed, chance]] : [];
  });
}

export const cardNumbers: DetectorKind = {
  name: 'security.secret-in-clear/cards',
  rules: [],
  create: (kept) => new CardNumbers(kept) as Detector,
};
