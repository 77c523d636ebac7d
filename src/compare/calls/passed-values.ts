import type { Finding } from '../finding.ts';
import { findingId } from '../finding-id.ts';
import { BY_LINKS, type Habit, keptOf, lostHabit, type Made, madeOnBothSides } from './habit.ts';
import type { OutcomePair } from './pair.ts';

interface Lost {
  readonly name: string;
  readonly finding: Finding;
}

/** One in twenty may belong to another call. */
const ALWAYS = 0.95;
/** With so many different values, it is no chance that they are those of the other call. */
const LEAST_VALUES = { parameters: 3, answers: 4 } as const;
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

/** Values that always were those of the call that was handled, and are others in calls made for it: one finding for each callee. */
export function lostParameters(pairs: readonly OutcomePair[], minSamples: number): Finding[] {
  return madeOnBothSides(pairs).flatMap((one) => {
    const [first, ...others] = lostOf(one, 'parameters', sameParameter, minSamples);
    if (!first) return [];
    const names = others.slice(0, MOST_OTHERS).map(({ name }) => `'${name}'`);
    const further = others.length - names.length;
    const also = further > 0 ? [...names, `${further} more`] : names;
    const more = also.length > 0 ? ` The same of ${also.join(', ')}.` : '';
    return [{ ...first.finding, summary: first.finding.summary + more }];
  });
}

/**
 * Values that always were answered as a callee had answered them, and are others now. That which most
 * answers show speaks for the others.
 */
export function lostAnswers(pairs: readonly OutcomePair[], minSamples: number): Finding[] {
  return madeOnBothSides(pairs).flatMap((one) => {
    const lost = lostOf(one, 'answers', sameAnswer, minSamples);
    const findings = lost.map(({ name, finding }) => ({ ...finding, path: answerPath(name) }));
    const [first, ...others] = findings;
    if (!first) return [];
    return [first, ...others.map((other) => ({ ...other, causedBy: findingId(first) }))];
  });
}

/** Where in an operation it is told that a value of answers is another. */
export function answerPath(name: string): string {
  return `response ${name}`;
}

/** What most calls show comes first. */
function lostOf(
  { base, cand, ...of }: Made,
  values: keyof typeof LEAST_VALUES,
  habit: (name: string) => Habit,
  minSamples: number,
): Lost[] {
  const after = new Map(cand.passed[values]);
  return base.passed[values]
    .flatMap(([name, before]): Lost[] => {
      const now = before.things < LEAST_VALUES[values] ? undefined : after.get(name);
      const finding = now && lostHabit(habit(name), of, keptOf(before), keptOf(now), minSamples);
      return finding ? [{ name, finding }] : [];
    })
    .sort((a, b) => Number(a.finding.candidate) - Number(b.finding.candidate));
}
