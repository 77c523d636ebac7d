import type { Told } from './report-data.ts';
import { countsAs, WEIGHTS, type Weight } from './weight.ts';

/** What the reader asked to see. */
export interface Filter {
  readonly text: string;
  readonly weights: ReadonlySet<Weight>;
  /** Empty: all. */
  readonly category: string;
}

export const NO_FILTER: Filter = { text: '', weights: new Set(WEIGHTS), category: '' };

/** Whether every word stands somewhere in the text. */
export function matches(words: string, text: string): boolean {
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}

/** The causes that fit by themselves or by what follows from them. */
export function filtered(causes: readonly Told[], filter: Filter): readonly Told[] {
  const { text, weights, category } = filter;
  return causes.filter(
    ({ finding, words, effects }) =>
      weights.has(countsAs(finding)) &&
      (category === '' || finding.category === category) &&
      (matches(words, text) || effects.some((effect) => matches(effect.words, text))),
  );
}
