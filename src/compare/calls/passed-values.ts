import type { SameByName } from '../../profile/same-by-name.ts';
import type { Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';
import type { Sides } from '../sides.ts';
import { BY_LINKS, type Habit, type Kept, keptOf, lostHabit, madeOnBothSides } from './habit.ts';
import type { CallsPair, OutcomePair } from './pair.ts';

interface Lost {
  readonly name: string;
  readonly finding: Finding;
}

/** One in twenty may belong to another call. */
const ALWAYS = 0.95;
/** With so many different values, it is no chance that they are the same. */
const LEAST_PARAMETERS = 3;
const LEAST_OTHERS = 4;
const MOST_OTHERS = 3;

const sameParameter = (name: string): Habit => ({
  rule: 'call.parameter-mismatched',
  always: ALWAYS,
  ...BY_LINKS,
  told: (callee) => `Calls ${callee} with another '${name}' than it was asked with`,
  note: 'has another value',
});

const sameAnswer = (name: string): Habit => ({
  rule: 'call.answer-mismatched',
  always: ALWAYS,
  ...BY_LINKS,
  told: (callee) => `Answers another '${name}' than ${callee} had answered`,
  note: 'answered another value',
});

const sameEcho = (name: string): Habit => ({
  rule: 'call.echo-mismatched',
  always: ALWAYS,
  ...BY_LINKS,
  told: () => `Answers another '${name}' than it was asked with`,
  note: 'answered another value',
});

/** Values that always were passed on as a call was asked with them, and are others: one finding a callee. */
export function lostParameters(pairs: readonly OutcomePair[], minSamples: number): Finding[] {
  return madeOnBothSides(pairs).flatMap(({ base, cand, ...made }) => {
    const lost = (['parameters', 'renamed'] as const).flatMap((which) =>
      lostOf(
        { base: base.passed[which], cand: cand.passed[which] },
        which === 'renamed' ? LEAST_OTHERS : LEAST_PARAMETERS,
        (name, kept) => lostHabit(sameParameter(name), made, kept, minSamples),
      ),
    );
    const [first, ...others] = lost;
    if (!first) return [];
    const names = others.slice(0, MOST_OTHERS).map(({ name }) => `'${name}'`);
    const further = others.length - names.length;
    const also = further > 0 ? [...names, `${further} more`] : names;
    const more = also.length > 0 ? ` The same of ${also.join(', ')}.` : '';
    return [{ ...first.finding, summary: first.finding.summary + more }];
  });
}

/** Values that always were answered as a callee had answered them, and are others now. */
export function lostAnswers(pairs: readonly OutcomePair[], minSamples: number): Finding[] {
  const lost = madeOnBothSides(pairs).flatMap(({ base, cand, ...made }) => {
    const values = { base: base.passed.answers, cand: cand.passed.answers };
    const lose = (name: string, kept: Sides<Kept>) =>
      lostHabit(sameAnswer(name), made, kept, minSamples);
    return inOneAnswer(lostOf(values, LEAST_OTHERS, lose));
  });
  // Several callees may have answered the same value.
  return [...new Map(lost.toReversed().map((one) => [findingId(one), one])).values()].reverse();
}

/** Values that always were answered as they were asked with, and are others now. */
export function lostEchoes(pairs: readonly CallsPair[], minSamples: number): Finding[] {
  return pairs.flatMap(({ operation, base, cand }) => {
    const values = { base: base.echoed, cand: cand.echoed };
    const lose = (name: string, kept: Sides<Kept>) =>
      lostHabit(sameEcho(name), { operation, callee: '' }, kept, minSamples);
    return inOneAnswer(lostOf(values, LEAST_OTHERS, lose));
  });
}

/** Where in an operation it is told that a value of answers is another. */
export function answerPath(name: string): string {
  return `response ${name}`;
}

/** That which most answers show speaks for the others. */
function inOneAnswer(lost: readonly Lost[]): Finding[] {
  const findings = lost.map(({ name, finding }) => ({ ...finding, path: answerPath(name) }));
  const [first, ...others] = findings;
  if (!first) return [];
  return [first, ...others.map((other) => ({ ...other, causedBy: findingId(first) }))];
}

/** What most calls show comes first. */
function lostOf(
  { base, cand }: Sides<SameByName>,
  least: number,
  lose: (name: string, kept: Sides<Kept>) => Finding | undefined,
): Lost[] {
  const after = new Map(cand.entries);
  return base.entries
    .flatMap(([name, before]): Lost[] => {
      const now = before.things < least ? undefined : after.get(name);
      const finding = now && lose(name, { base: keptOf(before), cand: keptOf(now) });
      return finding ? [{ name, finding }] : [];
    })
    .sort((a, b) => Number(a.finding.candidate) - Number(b.finding.candidate));
}
