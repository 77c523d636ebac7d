import { byCodeUnit } from '../../support/json.ts';
import type { AlertRule } from '../alert-rule.ts';
import type { Signal } from '../signal.ts';
import { deviationKey } from './alert-id.ts';
import type { BookContext } from './book-context.ts';
import type { Deviation } from './deviation.ts';
import { byRank, type Ranked } from './rank.ts';
import { isOff } from './silence.ts';

/** Deviations followed at most; where there are more, the worst that came first. */
const MAX_DEVIATIONS = 2_000;

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
  deviations: Map<string, Deviation>,
  seen: readonly Seen[],
  { slot }: BookContext,
): number {
  let lost = 0;
  for (const { key, severity, chance, signal } of seen) {
    const known = deviations.get(key);
    if (known) {
      known.last = slot.start;
      known.since = Math.min(known.since, signal.since);
      known.severity = severity;
      known.chance = chance;
      known.seen++;
      known.quiet = 0;
    } else if (deviations.size < MAX_DEVIATIONS) {
      deviations.set(key, {
        key,
        rule: signal.rule,
        subject: signal.subject,
        first: slot.start,
        last: slot.start,
        since: signal.since,
        severity,
        chance,
        seen: 1,
        quiet: 0,
        held: false,
        alert: undefined,
      });
    } else lost++;
  }
  return lost;
}

/**
 * Lets quiet deviations come to their end. One that was never confirmed ends with its first quiet slot,
 * since only slots in a row confirm; a confirmed one after `clear` of them, times `patience`. Where an
 * interval has too few events to judge by, its detector keeps a deviation going.
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
    deviation.quiet++;
    const confirmed = rule !== undefined && deviation.seen >= rule.confirm;
    const needed = confirmed ? rule.clear * patience(deviation) : 1;
    if (deviation.quiet >= needed) deviations.delete(deviation.key);
  }
}
