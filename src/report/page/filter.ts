import type { Finding } from '../../compare/finding.ts';
import type { Told } from './report-data.ts';

/** What the reader asked to see. */
export interface Filter {
  readonly text: string;
  readonly severities: ReadonlySet<Finding['severity']>;
  /** Empty: all. */
  readonly category: string;
}

export const SEVERITIES = ['breaking', 'warning', 'info'] as const;
export const NO_FILTER: Filter = { text: '', severities: new Set(SEVERITIES), category: '' };

/** Whether every word stands somewhere in the text. */
export function matches(words: string, text: string): boolean {
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}

/** The causes that fit by themselves or by what follows from them. */
export function filtered(causes: readonly Told[], filter: Filter): readonly Told[] {
  const { text, severities, category } = filter;
  return causes.filter(
    ({ finding, words, effects }) =>
      severities.has(finding.severity) &&
      (category === '' || finding.category === category) &&
      (matches(words, text) || effects.some((effect) => matches(effect.words, text))),
  );
}
