import { Counter } from '../../support/counter.ts';

/** Words that tell something only where they are gone: another cookie comes with others of them. */
const BY_LOSS = new Map([['set-cookie', /^(?:name|path)=/]]);
/** Words that profiles of before lack. */
const LATER = new Map([['content-security-policy', /^script-src/]]);

/** The forms of a header on both sides, as far as a word that is new in them means something. */
export function comparableForms(name: string, before: Counter, after: Counter): [Counter, Counter] {
  const later = LATER.get(name);
  const isLater =
    later && !before.entries().some(([form]) => form.split(', ').some((word) => later.test(word)));
  const left = isLater ? later : BY_LOSS.get(name);
  return left ? [without(before, left), without(after, left)] : [before, after];
}

function without(forms: Counter, words: RegExp): Counter {
  if (forms.capped) return forms;
  const rest = new Counter(forms.limit);
  for (const [form, times] of forms.entries()) {
    rest.add(
      form
        .split(', ')
        .filter((word) => !words.test(word))
        .join(', '),
      times,
    );
  }
  return rest;
}
