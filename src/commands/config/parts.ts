import { z } from 'zod';
import { RULES } from '../../compare/rules.ts';
import { fitsGlob } from '../../support/glob.ts';
import { nearest } from '../../support/nearest.ts';

/** Entries of one list. */
const MAX_ENTRIES = 1_000;
const ruleIds = [...RULES.keys()];
const PREFIX = /^[a-z][a-z0-9.-]*\*$/;

/** A list of entries, bounded. */
export function list<T extends z.ZodType>(entry: T) {
  return z.array(entry).max(MAX_ENTRIES, `it has more than ${MAX_ENTRIES} entries`);
}

/** A line of text for people. */
export const sentence = z
  .string()
  .max(500, 'it is longer than 500 characters')
  .regex(/\S/, 'it is empty');

const SHARE = 'it must be a share from 0 to 1, such as 0.01 for one percent';

export const share = z.number(SHARE).min(0, SHARE).max(1, SHARE);

/** A thousand entries meet thousands of findings: each star costs a search. */
const MAX_STARS = 8;

/** A text in which stars are any text, of so many characters at most. */
export function pattern(longest: number) {
  return z
    .string()
    .min(1, 'it is empty')
    .max(longest, `it is longer than ${longest} characters`)
    .refine(
      (text) => text.split('*').length <= MAX_STARS + 1,
      `it has more than ${MAX_STARS} stars`,
    );
}

/** A pattern that fits a text of findings: the text itself, but for stars beyond what a pattern may have. */
export function patternFor(text: string): string {
  const parts = text.split('*');
  if (parts.length <= MAX_STARS + 1) return text;
  return [...parts.slice(0, MAX_STARS), parts.at(-1)].join('*');
}

export const operationPattern = pattern(4096).describe(
  'the operation as reports write it (`orders GET /orders/{id}`); * is any text',
);

export const pathPattern = pattern(4096).describe(
  'where in the operation, as findings say; * is any text',
);

/** A rule's id, or a star behind the begin of several. Unknown ones are refused. */
export const ruleReference = z
  .string()
  .max(200, 'it is longer than 200 characters')
  .superRefine((rule, context) => {
    if (ruleIds.some((id) => id === rule || (PREFIX.test(rule) && fitsGlob(rule, id)))) return;
    const near = nearest(rule, ruleIds);
    const hint = near ? `did you mean ${near}?` : 'docs/rules.md lists them; header.* is several';
    context.addIssue({ code: 'custom', message: `unknown rule ${JSON.stringify(rule)}: ${hint}` });
  })
  .meta({
    description: "a rule's id, or the begin of several with a star behind it: `header.*`",
    anyOf: [{ enum: ruleIds }, { pattern: PREFIX.source }],
  });
