import { binomialTail } from '../../../compare/stats/binomial.ts';
import { fields } from '../../../profile/schema/json-read.ts';
import { type Json, sortedEntries } from '../../../support/json.ts';
import type { AlertRule } from '../../alert-rule.ts';
import type { Detector, DetectorKind, SeenCall, Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import { DAY_MS } from '../../slot.ts';
import type { Subject } from '../../subject.ts';
import { callsTo } from '../calls-filter.ts';
import { CountedShares } from '../counted-shares.ts';
import { Deeds } from '../deeds.ts';
import { readable } from '../readable.ts';
import { isEarly, Sightings } from '../sightings.ts';

const LEAST_CALLS = 3;
const LEAST_LEARNED = 50;
const MAX_CHANCE = 1e-7;
/** Calls believed in beside those learned: what few calls never did is not impossible. */
const PRIOR = 50;
const MAX_UNITS = 10_000;

export interface Oddness {
  /** Under which it is remembered. */
  readonly name: string;
  readonly rule: AlertRule;
  /** Whether this detector declares the rule. */
  readonly declares: boolean;
  /** Whose share is learned: the operation’s, or the server’s as a whole. */
  readonly of: 'operation' | 'workload';
  /** What is odd in a call, from a fixed list; null: nothing; undefined: it does not count. */
  readonly odd: (seen: SeenCall) => string | null | undefined;
}

interface Reading {
  readonly deeds: Deeds;
  /** By operation, or by workload. */
  readonly calls: Map<string, number>;
}

/** A detector of operations in which more calls are odd than was learned: a binomial test. */
export function unusualShare(oddness: Oddness): DetectorKind {
  return {
    name: oddness.name,
    rules: oddness.declares ? [oddness.rule] : [],
    create: (kept) => new UnusualShare(oddness, kept) as Detector,
  };
}

class UnusualShare implements Detector<Reading> {
  readonly #oddness: Oddness;
  readonly #shares: CountedShares;
  readonly #seen: Sightings;

  constructor(oddness: Oddness, kept: Json | undefined) {
    this.#oddness = oddness;
    [this.#shares, this.#seen] = readable(
      kept,
      (json) => {
        const { shares, seen } = fields(json);
        return [CountedShares.fromJSON(shares), Sightings.fromJSON(seen)] as const;
      },
      () => [new CountedShares(), new Sightings()] as const,
    );
  }

  read(): Reading {
    return { deeds: new Deeds(), calls: new Map() };
  }

  observe({ deeds, calls }: Reading, seen: SeenCall): void {
    const odd = this.#oddness.odd(seen);
    if (odd === undefined) return;
    const { call, operation } = seen;
    const workload = call.dst.workload.name;
    const subject: Subject = {
      workload,
      ...(this.#oddness.of === 'operation' && { operation }),
      ...(odd !== null && { detail: odd }),
    };
    const unit = unitOf(subject);
    const before = calls.get(unit);
    if (before === undefined && calls.size >= MAX_UNITS) return;
    calls.set(unit, (before ?? 0) + 1);
    if (odd === null) return;
    deeds.add(seen, subject, odd, () => callsTo(call));
  }

  judge(situation: Situation<Reading>): Signal[] {
    const { view, normal } = situation;
    if (isEarly(view.slot, normal.since)) return [];
    return this.#deviating(situation).flatMap(({ key, deed, calls, expected, chance }) => {
      if (this.#isLearned(key, view.slot.start)) return [];
      const { subject, since, events, evidence, kfl } = deed;
      const signal: Signal = {
        rule: this.#oddness.rule.id,
        subject,
        summary: `${unitOf(subject)}: ${subject.detail}, in ${events} of ${calls} calls; usually in ${(expected * 100).toFixed(1)} %.`,
        since,
        value: events / calls,
        expected,
        unit: 'ratio',
        chance,
        events,
        evidence,
        kfl,
        checked: `${calls} calls against ${this.#shares.get(unitOf(subject)).all} learned ones (${normal.words}). What stays is learned 24 hours after it began.`,
      };
      return [signal];
    });
  }

  learn(situation: Situation<Reading>): void {
    const { view, normal, reader } = situation;
    const { start } = view.slot;
    const held = new Set<string>();
    if (!isEarly(view.slot, normal.since)) {
      for (const { key, deed } of this.#deviating(situation)) {
        if (!this.#isLearned(key, start)) held.add(unitOf(deed.subject));
        this.#seen.see(key, start, DAY_MS);
      }
    }
    for (const [operation, calls] of sortedEntries(reader.calls)) {
      if (!held.has(operation)) this.#shares.add(operation, 0, calls, start);
    }
    for (const [key, { subject, events }] of reader.deeds.entries()) {
      const calls = reader.calls.get(unitOf(subject)) ?? events;
      if (!held.has(unitOf(subject))) this.#shares.add(key, events, calls, start);
    }
    this.#shares.forget();
    this.#seen.forget(start);
  }

  remembers(): Json {
    return { shares: this.#shares.toJSON(), seen: this.#seen.toJSON() };
  }

  #isLearned(key: string, now: number): boolean {
    const seen = this.#seen.get(key);
    return seen !== undefined && now - seen.last <= DAY_MS && now - seen.first >= DAY_MS;
  }

  #deviating({ reader }: Situation<Reading>) {
    return reader.deeds.entries().flatMap(([key, deed]) => {
      const calls = reader.calls.get(unitOf(deed.subject)) ?? deed.events;
      const { all } = this.#shares.get(unitOf(deed.subject));
      if (deed.events < LEAST_CALLS || all < LEAST_LEARNED) return [];
      const expected = Math.min((this.#shares.get(key).some + 0.5) / (all + PRIOR), 1 - 1e-9);
      const chance = binomialTail(deed.events, calls, expected);
      return chance <= MAX_CHANCE ? [{ key, deed, calls, expected, chance }] : [];
    });
  }
}

/** The operation, or the workload where there is none. */
function unitOf({ workload, operation }: Subject): string {
  return operation ?? workload;
}
