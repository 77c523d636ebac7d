import { negativeBinomialLower } from '../compare/stats/negative-binomial.ts';
import type { CaptureError } from '../support/errors.ts';
import { iso } from '../support/quantity.ts';
import type { Quietness } from './learned/level.ts';
import type { Signal } from './signal.ts';
import type { Slot } from './slot.ts';

/** Whom the monitor's own alerts are about. */
const SELF = { workload: 'kubeshark' };

/** The Hub could not be asked, and why. */
export function blindSignal({ message, hint }: CaptureError, since: number): Signal {
  const remedy = hint === undefined ? '' : ` (${hint})`;
  return own('monitor.blind', since, {
    summary: `Nothing is watched since ${iso(since)}: ${message}${remedy}`,
    checked: 'every interval, and half a minute after each failure',
  });
}

/** What is known could not be written, and why. */
export function unkeptSignal({ message }: CaptureError, since: number): Signal {
  return own('monitor.unkept', since, {
    summary: `What the monitor knows is not kept since ${iso(since)}: ${message}`,
    checked: 'after every interval',
  });
}

/** A time of which the Hub holds nothing any more. */
export function gapSignal({ from, to }: { readonly from: number; readonly to: number }): Signal {
  const minutes = Math.round((to - from) / 60_000);
  return own('monitor.gap', from, {
    summary: `${minutes} minutes of traffic were not watched: the Hub holds nothing of ${iso(from)} to ${iso(to)} any more`,
    value: to - from,
    expected: 0,
    unit: 'ms',
    checked: 'what the Hub says it holds, against where the monitor left off',
  });
}

/** A detector failed: a defect of the program. */
export function brokenSignal(name: string, why: string, since: number): Signal {
  return {
    ...own('monitor.detector-failed', since, {
      summary: `What ${name} looks for is not watched: it failed (${why.slice(0, 200)})`,
      checked: 'every detector, with every interval',
    }),
    subject: { ...SELF, detail: name },
  };
}

/** Captures lack calls. */
export function incompleteSignal(problems: readonly string[], since: number): Signal {
  return own('monitor.incomplete', since, {
    summary: `Calls are missing: ${problems.slice(0, 3).join('; ')}`,
    value: problems.length,
    expected: 0,
    unit: 'problems',
    checked: "the last interval's capture",
  });
}

/** A slot without a call. */
export interface Empty {
  readonly slot: Slot;
  /** Calls. */
  readonly expected: number;
  /** Whether this hour was learned on a day of the same kind. */
  readonly familiar: boolean;
  readonly quietness: Quietness;
}

/** Chance of so few calls on a quiet day, below which they are a silence. */
const QUIET_CHANCE = 1e-5;

/**
 * Nothing at all was seen where `expected` calls usually are. On a quiet day (a holiday) it must be
 * improbable at that day's level, too, over all of the time with hardly a call.
 */
export function noTrafficSignal(
  { slot, expected, familiar, quietness: { share, variation, since } }: Empty,
  least: number,
): readonly Signal[] {
  if (expected < least) return [];
  const isQuiet = share < 1;
  const left = share * ((since?.usual ?? 0) + expected);
  const chance = isQuiet ? negativeBinomialLower(since?.calls ?? 0, left, variation) : 0;
  if (chance > QUIET_CHANCE) return [];
  const quiet = isQuiet
    ? `, and ${Math.round(share * expected)} at the level of the hour before`
    : '';
  return [
    own('monitor.no-traffic', slot.start, {
      // A first night and a first weekend may well be quiet.
      ...(!familiar && { severity: 'warning' }),
      summary: `Not one call was captured between ${iso(slot.start)} and ${iso(slot.end)}; about ${Math.round(expected)} are usual${quiet}`,
      expected: Math.round(expected),
      unit: 'calls',
      checked: familiar
        ? 'the whole scope, against the same hours learned'
        : 'the whole scope, against what was learned so far: no such hour of a day like this',
    }),
  ];
}

function own(
  rule: string,
  since: number,
  rest: Pick<Signal, 'summary' | 'checked'> &
    Partial<Pick<Signal, 'severity' | 'value' | 'expected' | 'unit'>>,
): Signal {
  return {
    rule,
    subject: SELF,
    since,
    value: 0,
    expected: null,
    unit: 'calls',
    chance: 0,
    events: 1,
    evidence: [],
    kfl: '',
    ...rest,
  };
}
