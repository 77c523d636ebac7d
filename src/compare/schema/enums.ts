import { amongAnswers, type Population } from './body-errors.ts';
import type { Nodes } from './lost.ts';
import { inClear } from './masks.ts';
import type { Change } from './report.ts';
import { type Share, type Shown, weigh, weighShift, weighSubjects } from './share.ts';
import { isTold } from './weight.ts';

const MIN_VALUES = 20;
/** A set of values is fixed when each was seen this often on average. */
const MIN_REPEATS = 5;
/** What less than this was seen with was seen with one subject, as they are counted. */
const ONCE = 1.5;
/**
 * A set with more members is words rather than a choice of the code (places, names): a call's value
 * follows the entity it is about, so new ones come in numbers that calls alone can't explain.
 */
const MOST_CHOICES = 12;

/** What standards list, and users choose from: which of them are seen follows whose calls these are. */
const CHOSEN_BY_USERS = /(?:currency|country|locale|lang|language|timezone|time_zone)(?:_?code)?$/i;

/**
 * Members of an enumeration that came or went. How many values outside the known set were to be
 * expected is told by those that the baseline saw once only (Good 1953), so an open vocabulary does
 * not look like a change.
 */
export function enumChanges({ base, cand, pointer, support: given }: Nodes): Change[] {
  const before = base.string;
  const after = cand.string;
  if (!before || !after || before.values.open) return [];
  const known = new Map(before.values.entries());
  const strings: Population = {
    support: given,
    values: {
      base: sum(known.values()),
      cand: after.values.open
        ? inClear(cand).some
        : sum(after.values.entries().map(([, times]) => times)),
    },
    subjects: { base: base.about(['string']).size, cand: cand.about(['string']).size },
  };
  if (strings.values.cand === 0) return [];
  const {
    support,
    values: { base: n1, cand: n2 },
    subjects: all,
  } = amongAnswers(strings, pointer);
  if (n1 * support.scale.base < MIN_VALUES || known.size * MIN_REPEATS > n1) return [];
  const singles = [...known.values()].filter((times) => times === 1).length;
  const examples = {
    baseExamples: base.examples(['string']),
    candExamples: cand.examples(['string']),
  };
  if (after.values.open) {
    // How many is not kept, only that there are some.
    const share: Share = { some: 1, all: n2 };
    return [
      {
        rule: 'schema.enum-value-added',
        pointer,
        what: `was one of ${list(known.keys())} and has other values now`,
        base: { some: 0, all: n1 },
        cand: share,
        weight: 'decided',
        atMost: 'warning',
        before: list(known.keys()),
        after: '(open)',
        ...examples,
      },
    ];
  }
  const now = new Map(after.values.entries());
  const added = [...now].filter(([value]) => !known.has(value));
  const removed = [...known].filter(([value]) => !now.has(value));
  const changes: Change[] = [];
  if (added.length > 0) {
    const seen: Share = { some: sum(added.map(([, times]) => times)), all: n2 };
    const expected: Share = { some: singles, all: n1 };
    const shift = weighShift(expected, seen, support);
    const once = [...known.keys()].filter((value) => before.values.about([value]).size < ONCE);
    const about = after.values.about(added.map(([value]) => value)).size;
    const shown: Shown = {
      data: true,
      calls: [{ some: 0, all: n1 }, seen],
      subjects: [
        { some: once.length, all: all.base },
        { some: about, all: all.cand },
      ],
    };
    const weighed = weighSubjects(shift === 'too few' ? 'doubtful' : shift, shown, support);
    if (weighed.weight !== 'doubtful' || singles === 0) {
      changes.push({
        rule: 'schema.enum-value-added',
        pointer,
        what: `has ${list(added.map(([value]) => value))}, never seen in ${list(known.keys())}`,
        base: { some: 0, all: n1 },
        cand: seen,
        ...weighed,
        ...((known.size > MOST_CHOICES || isChosen(pointer, known, now)) && {
          atMost: 'warning' as const,
        }),
        before: list(known.keys()),
        after: list(now.keys()),
        ...examples,
      });
    }
  }
  for (const [value, times] of removed) {
    const was: Share = { some: times, all: n1 };
    const is: Share = { some: 0, all: n2 };
    const shown: Shown = {
      data: true,
      calls: [was, is],
      subjects: [
        { some: before.values.about([value]).size, all: all.base },
        { some: 0, all: all.cand },
      ],
    };
    const weighed = weighSubjects(weigh(was, is, support, false), shown, support);
    if (!isTold(weighed.weight)) continue;
    changes.push({
      rule: 'schema.enum-value-removed',
      pointer,
      what: `is never '${value}' any more`,
      base: was,
      cand: is,
      ...weighed,
      before: list(known.keys()),
      after: list(now.keys()),
      ...examples,
    });
  }
  return changes;
}

/** Whether users chose what is new: not so where it is one value for all now, or known ones written otherwise. */
function isChosen(
  pointer: string,
  known: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
) {
  if (!CHOSEN_BY_USERS.test(pointer) || known.size < 2 || now.size < 2) return false;
  const plain = (value: string) => value.toLowerCase().replace(/[^a-z]/g, '');
  const spelled = new Set([...known.keys()].map(plain));
  return [...now.keys()].every((value) => known.has(value) || !spelled.has(plain(value)));
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

function list(values: Iterable<string>): string {
  return [...values].map((value) => `'${value}'`).join(', ');
}
