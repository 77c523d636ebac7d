import { byCodeUnit } from '../../support/json.ts';
import type { AlertCategory, AlertRule } from '../alert-rule.ts';
import type { Signal } from '../signal.ts';
import { deviationKey } from './alert-id.ts';
import type { BookContext } from './book-context.ts';
import type { BookState } from './book-state.ts';
import type { Deviation } from './deviation.ts';
import { byRank, type Ranked } from './rank.ts';
import { beginAgain, forgetBeginnings } from './recurrence.ts';
import { isOff } from './silence.ts';

/** Deviations followed at most; where there are more, the worst that came first. */
const MAX_DEVIATIONS = 2_000;
/** Slots in a row with too few events, in times of the rule's clear, after which it has ended. */
const MAX_THIN = 6;
/** Times the rule's clear that one that comes and goes must be quiet. */
const RECURRING_CLEAR = 2;

/** A signal of this slot, with its rule. */
export interface Seen extends Ranked {
  readonly rule: AlertRule;
  readonly signal: Signal;
}

/** The signals that count, one a deviation, worst first: the order they came in does not show. */
export function seenIn(
  signals: readonly Signal[],
  rules: ReadonlyMap<string, AlertRule>,
  { complete, settings }: BookContext,
): readonly Seen[] {
  const byKey = new Map<string, Seen>();
  for (const signal of signals) {
    const rule = rules.get(signal.rule);
    if (!rule) throw new Error(`no rule of alerts is called ${signal.rule}`);
    if (isOff(settings, rule.id) || (!complete && restsOnAbsence(rule, signal))) continue;
    const key = deviationKey(rule.id, signal.subject);
    const { category } = rule;
    const { severity = rule.severity, chance } = signal;
    const seen = { key, category, severity, chance, rule, signal };
    const known = byKey.get(key);
    if (!known || byWeight(seen, known) < 0) byKey.set(key, seen);
  }
  return [...byKey.values()].sort(byRank);
}

/** Less than expected may only be what the capture missed. */
function restsOnAbsence({ category }: AlertRule, { value, expected }: Signal): boolean {
  return category === 'traffic' && expected !== null && value < expected;
}

function byWeight(a: Seen, b: Seen): number {
  return byRank(a, b) || byCodeUnit(JSON.stringify(a.signal), JSON.stringify(b.signal));
}

/** Takes a slot's signals; gives how many found no room. */
export function takeSeen(
  { deviations, beginnings }: BookState,
  seen: readonly Seen[],
  context: BookContext,
): number {
  const { slot } = context;
  forgetBeginnings(beginnings, context);
  let lost = 0;
  for (const { key, severity, chance, signal, rule } of seen) {
    const known = deviations.get(key);
    if (known) {
      known.last = slot.start;
      known.since = Math.min(known.since, signal.since);
      known.severity = severity;
      known.chance = chance;
      known.seen++;
      known.quiet = 0;
      known.thin = 0;
    } else if (deviations.size < MAX_DEVIATIONS) {
      const counts = isShare(rule.category) && !isOfRollout(rule, signal, context);
      const { subject } = signal;
      const again = counts
        ? beginAgain(beginnings, { key, rule: rule.id, subject }, context)
        : undefined;
      deviations.set(key, {
        key,
        rule: signal.rule,
        subject,
        first: slot.start,
        last: slot.start,
        since: Math.min(signal.since, again?.since ?? signal.since),
        severity,
        chance,
        seen: 1,
        quiet: 0,
        thin: 0,
        recurs: again !== undefined,
        every: again?.every,
        held: false,
        alert: undefined,
      });
    } else lost++;
  }
  return lost;
}

/**
 * Whether so many slots in a row showed it as its rule asks for, or it comes and goes: what swings
 * between good and bad would never be confirmed (The Site Reliability Workbook, ch. 5, on durations).
 */
export function isConfirmed({ seen, recurs }: Deviation, { confirm }: AlertRule): boolean {
  return seen >= confirm || recurs;
}

/** Whether something began while a rollout of its workload is given time. */
export function isOfRollout(
  { symptom }: AlertRule,
  { subject, since }: Pick<Deviation, 'subject' | 'since'>,
  { rollout, slot, settings }: BookContext,
): boolean {
  const began = symptom ? rollout(subject.workload) : undefined;
  if (began === undefined || since < began) return false;
  return slot.end + 1 < began + settings.rolloutGrace;
}

/**
 * Lets quiet deviations come to their end. One that was never confirmed ends with its first quiet slot;
 * a confirmed one after `clear` of them, times `patience`, and twice as many where it comes and goes, or
 * once it stayed away twice where it comes at even distances. A slot with too few events does neither,
 * unless there are many such in a row.
 */
export function endQuiet(
  deviations: Map<string, Deviation>,
  rules: ReadonlyMap<string, AlertRule>,
  context: BookContext,
  patience: (deviation: Deviation) => number,
): void {
  if (!context.complete) return;
  for (const deviation of deviations.values()) {
    if (deviation.last === context.slot.start) continue;
    const rule = rules.get(deviation.rule);
    if (rule && isShare(rule.category) && context.enough?.(deviation.subject) === false) {
      if (++deviation.thin < MAX_THIN * rule.clear) continue;
    } else deviation.quiet++;
    const confirmed = rule !== undefined && isConfirmed(deviation, rule);
    const times = deviation.recurs ? RECURRING_CLEAR : 1;
    const between = Math.ceil((RECURRING_CLEAR * (deviation.every ?? 0)) / lengthOf(context));
    const needed = confirmed
      ? Math.max(between, rule.clear * Math.max(times, patience(deviation)))
      : 1;
    if (deviation.quiet >= needed || deviation.thin >= MAX_THIN * (rule?.clear ?? 0)) {
      deviations.delete(deviation.key);
    }
  }
}

function lengthOf({ slot: { start, end } }: BookContext): number {
  return end - start + 1;
}

/** Whether rules of a category judge how many of the calls are bad. */
export function isShare(category: AlertCategory): boolean {
  return category === 'errors' || category === 'latency';
}
