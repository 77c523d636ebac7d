import type { EnumValues } from '../../profile/schema/enum-values.ts';
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
export function enumChanges(nodes: Nodes): Change[] {
  const members = membersOf(nodes);
  if (!members) return [];
  return members.after.open ? [opened(members)] : [...added(members), ...removed(members)];
}

/** The values of both sides, of which the baseline's are a fixed set. */
interface Members extends Population {
  readonly before: EnumValues;
  readonly after: EnumValues;
  /** How often each was seen. */
  readonly known: ReadonlyMap<string, number>;
  readonly now: ReadonlyMap<string, number>;
  /** What every change of them tells. */
  readonly told: Required<Pick<Change, 'pointer' | 'before' | 'baseExamples' | 'candExamples'>>;
}

function membersOf({ base, cand, pointer, support }: Nodes): Members | undefined {
  const before = base.string?.values;
  const after = cand.string?.values;
  if (!before || !after || before.open) return undefined;
  const known = new Map(before.entries());
  const now = new Map(after.entries());
  const values = {
    base: sum(known.values()),
    cand: after.open ? inClear(cand).some : sum(now.values()),
  };
  if (values.cand === 0) return undefined;
  const subjects = { base: base.about(['string']).size, cand: cand.about(['string']).size };
  const all = amongAnswers({ support, values, subjects }, pointer);
  const { base: n } = all.values;
  if (n * all.support.scale.base < MIN_VALUES || known.size * MIN_REPEATS > n) return undefined;
  const told = {
    pointer,
    before: list(known.keys()),
    baseExamples: base.examples(['string']),
    candExamples: cand.examples(['string']),
  };
  return { ...all, before, after, known, now, told };
}

/** Of what was a choice and is any text now, how many are others is not kept, only that there are some. */
function opened({ values, told }: Members): Change {
  return {
    ...told,
    rule: 'schema.enum-value-added',
    what: `was one of ${told.before} and has other values now`,
    base: { some: 0, all: values.base },
    cand: { some: 1, all: values.cand },
    weight: 'decided',
    atMost: 'warning',
    after: '(open)',
  };
}

function added(members: Members): Change[] {
  const { before, after, known, now, values, subjects, support, told } = members;
  const others = [...now].filter(([value]) => !known.has(value));
  if (others.length === 0) return [];
  const names = others.map(([value]) => value);
  const singles = [...known.values()].filter((times) => times === 1).length;
  const base: Share = { some: 0, all: values.base };
  const cand: Share = { some: sum(others.map(([, times]) => times)), all: values.cand };
  const shift = weighShift({ some: singles, all: values.base }, cand, support);
  const once = [...known.keys()].filter((value) => before.about([value]).size < ONCE);
  const shown: Shown = {
    data: true,
    calls: [base, cand],
    subjects: [
      { some: once.length, all: subjects.base },
      { some: after.about(names).size, all: subjects.cand },
    ],
  };
  const weighed = weighSubjects(shift === 'too few' ? 'doubtful' : shift, shown, support);
  if (weighed.weight === 'doubtful' && singles > 0) return [];
  const isWords = known.size > MOST_CHOICES || isChosen(told.pointer, known, now);
  return [
    {
      ...told,
      rule: 'schema.enum-value-added',
      what: `has ${list(names)}, never seen in ${told.before}`,
      base,
      cand,
      ...weighed,
      ...(isWords && { atMost: 'warning' }),
      after: list(now.keys()),
    },
  ];
}

function removed({ before, known, now, values, subjects, support, told }: Members): Change[] {
  const gone = [...known].filter(([value]) => !now.has(value));
  return gone.flatMap(([value, times]): Change[] => {
    const base: Share = { some: times, all: values.base };
    const cand: Share = { some: 0, all: values.cand };
    const shown: Shown = {
      data: true,
      calls: [base, cand],
      subjects: [
        { some: before.about([value]).size, all: subjects.base },
        { some: 0, all: subjects.cand },
      ],
    };
    const weighed = weighSubjects(weigh(base, cand, support, false), shown, support);
    if (!isTold(weighed.weight)) return [];
    return [
      {
        ...told,
        rule: 'schema.enum-value-removed',
        what: `is never '${value}' any more`,
        base,
        cand,
        ...weighed,
        after: list(now.keys()),
      },
    ];
  });
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
