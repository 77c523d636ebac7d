import type { StringFacts } from '../../profile/schema/string-facts.ts';
import { isUrlKind, URL_KINDS } from '../../profile/schema/url-kind.ts';
import { sum } from '../../support/numbers.ts';
import { fewOthers } from '../subjects.ts';
import { amongBodies, type Population } from './body-errors.ts';
import type { Nodes } from './lost.ts';
import { inClear } from './masks.ts';
import type { Change } from './report.ts';
import { type Share, type Shown, weighMove, weighShift, weighSubjects } from './share.ts';
import { mostlyNow } from './surge.ts';
import { isTold } from './weight.ts';

const MIN_VALUES = 20;
/** A set of values is fixed when each was seen this often on average. */
const MIN_REPEATS = 5;
/** What less than this was seen with was seen with one subject, as they are counted. */
const ONCE = 1.5;
/** More members are words (places, names) and no choice of the code: with each thing may come a new one. */
const MOST_CHOICES = 12;
/** So many of the values are a case that traffic exercises, if it is there and no other stands for it. */
const COMMON = 0.2;

/** Standards list these, and which are seen follows whose calls these are. */
const CHOSEN_BY_USERS = /(?:currency|country|locale|lang|language|timezone|time_zone)(?:_?code)?$/i;

/** The members of an enumeration on both sides, and of how many values. */
interface Members {
  readonly before: StringFacts;
  readonly after: StringFacts;
  readonly known: ReadonlyMap<string, number>;
  readonly now: ReadonlyMap<string, number>;
  readonly of: Population;
  /** What all findings on them share. */
  readonly told: Pick<Change, 'pointer' | 'before' | 'after' | 'baseExamples' | 'candExamples'>;
}

/**
 * Members of an enumeration that came or went, or were rare and are usual now. Those that the baseline
 * saw once only tell how many new ones are to be expected (Good 1953): an open vocabulary is no change.
 */
export function enumChanges({ base, cand, pointer, support: given }: Nodes): Change[] {
  const before = base.string;
  const after = cand.string;
  if (!before || !after || before.values.open) return [];
  const known = new Map(before.values.entries());
  const isOpen = after.values.open;
  const now = new Map(isOpen ? [] : after.values.entries());
  const [things, others] = [base.about(['string']), cand.about(['string'])];
  const strings: Population = {
    support: given,
    values: { base: sum(known.values()), cand: isOpen ? inClear(cand).some : sum(now.values()) },
    subjects: { base: things.size, cand: others.size },
  };
  if (strings.values.cand === 0) return [];
  const of = amongBodies(strings, pointer);
  const n1 = of.values.base;
  if (n1 * of.support.scale.base < MIN_VALUES || known.size * MIN_REPEATS > n1) return [];
  const told = {
    pointer,
    before: list(known.keys()),
    after: isOpen ? '(open)' : list(now.keys()),
    baseExamples: base.examples(['string']),
    candExamples: cand.examples(['string']),
  };
  if (isOpen) return isOfWords(before) ? [opened(of, told)] : [];
  const isRespelled = [...now.keys()].some((value) => isKnownOtherwise(value, known));
  const { subjects = fewOthers(things, others), ...calls } = of.support;
  const support = { ...calls, ...(subjects && !isRespelled && { subjects }) };
  const members = { before, after, known, now, told, of: { ...of, support } };
  return [...added(members), ...removed(members), ...usualNow(members)];
}

/** How many values are others is not kept of so many, only that there are some. */
function opened({ values }: Population, told: Members['told']): Change {
  return {
    rule: 'schema.enum-value-added',
    what: `was one of ${told.before} and has other values now`,
    base: { some: 0, all: values.base },
    cand: { some: 1, all: values.cand },
    weight: 'decided',
    atMost: 'warning',
    ...told,
  };
}

function added({ before, after, known, now, of, told }: Members): Change[] {
  const { base: n1, cand: n2 } = of.values;
  const came = [...now].filter(([value]) => !known.has(value));
  if (came.length === 0) return [];
  const singles = [...known.values()].filter((times) => times === 1).length;
  const seen: Share = { some: sum(came, ([, times]) => times), all: n2 };
  const shift = weighShift({ some: singles, all: n1 }, seen, of.support);
  const once = [...known.keys()].filter((value) => before.values.about([value]).size < ONCE);
  const about = after.values.about(came.map(([value]) => value)).size;
  const shown: Shown = {
    data: true,
    calls: [{ some: 0, all: n1 }, seen],
    subjects: [
      { some: once.length, all: of.subjects.base },
      { some: about, all: of.subjects.cand },
    ],
  };
  const weighed = weighSubjects(shift === 'too few' ? 'doubtful' : shift, shown, of.support);
  if (weighed.weight === 'doubtful' && singles > 0) return [];
  const isWords = isVocabulary(known, now) || isChosen(told.pointer, known, now);
  const isSafer = came.every(([value]) => value === URL_KINDS.tls);
  return [
    {
      rule: 'schema.enum-value-added',
      what: `has ${list(came.map(([value]) => value))}, never seen in ${told.before}`,
      base: { some: 0, all: n1 },
      cand: seen,
      ...weighed,
      ...((isWords || isSafer) && { atMost: 'warning' as const }),
      ...told,
    },
  ];
}

function removed({ before, known, now, of, told }: Members): Change[] {
  const hasOthers = [...now.keys()].some((value) => !known.has(value));
  return [...known].flatMap(([value, times]): Change[] => {
    if (now.has(value)) return [];
    const was: Share = { some: times, all: of.values.base };
    const is: Share = { some: 0, all: of.values.cand };
    const shown: Shown = {
      data: true,
      calls: [was, is],
      subjects: [
        { some: before.values.about([value]).size, all: of.subjects.base },
        { some: 0, all: of.subjects.cand },
      ],
    };
    const weighed = weighSubjects(weighMove(was, is, of.support), shown, of.support);
    if (!isTold(weighed.weight)) return [];
    const isCase = was.some >= COMMON * was.all && weighed.weight === 'decided' && !hasOthers;
    return [
      {
        rule: 'schema.enum-value-removed',
        what: `is never '${value}' any more`,
        base: was,
        cand: is,
        ...weighed,
        ...(!isCase && { atMost: 'info' as const }),
        ...told,
      },
    ];
  });
}

/** Data move shares, so it is told only. */
function usualNow({ known, now, of, told }: Members): Change[] {
  if (isVocabulary(known, now) || CHOSEN_BY_USERS.test(told.pointer)) return [];
  return [...known].flatMap(([value, times]): Change[] => {
    const surge = mostlyNow(
      `'${value}'`,
      { some: times, all: of.values.base },
      { some: now.get(value) ?? 0, all: of.values.cand },
      of.support,
    );
    return surge ? [{ ...surge, rule: 'schema.enum-value-added', atMost: 'warning', ...told }] : [];
  });
}

/** Whether what was seen are words alone, not kinds of addresses. */
export function isOfWords({ values }: StringFacts): boolean {
  return !values.open && !values.entries().some(([value]) => isUrlKind(value));
}

/** Whether it is words that both sides draw from, of which neither may have shown all. */
function isVocabulary(known: Members['known'], now: Members['now']): boolean {
  const all = new Set([...known.keys(), ...now.keys()]).size;
  const isMixed = all > MOST_CHOICES + 1 && all < known.size + now.size;
  return known.size > MOST_CHOICES || isMixed;
}

/** Whether users chose what is new: not where all have one value now, or known ones written otherwise. */
function isChosen(pointer: string, known: Members['known'], now: Members['now']): boolean {
  if (!CHOSEN_BY_USERS.test(pointer) || known.size < 2 || now.size < 2) return false;
  return ![...now.keys()].some((value) => isKnownOtherwise(value, known));
}

/** Whether it is a known value written otherwise. */
function isKnownOtherwise(value: string, known: Members['known']): boolean {
  return !known.has(value) && [...known.keys()].some((one) => letters(one) === letters(value));
}

function letters(value: string): string {
  return value.toLowerCase().replace(/[^a-z]/g, '');
}

function list(values: Iterable<string>): string {
  return [...values].map((value) => `'${value}'`).join(', ');
}
