import type { Counter } from '../../support/counter.ts';
import type { Severity } from '../finding.ts';
import { type Share, type Support, standing, weigh } from '../schema/share.ts';
import { isTold, type Weight } from '../schema/weight.ts';

const SAME_SITE = 'samesite=';
const NAME = /^name=/;

/** What of a header readers are protected by, or go on by; lax and strict, private and no-store protect alike. */
const RELIED_ON: ReadonlyMap<string, (word: string) => string | undefined> = new Map([
  [
    'set-cookie',
    (word) => {
      if (word === 'samesite=none') return undefined;
      return word.startsWith(SAME_SITE) ? `${SAME_SITE}lax or strict` : word;
    },
  ],
  [
    'cache-control',
    (word) => (word === 'private' || word === 'no-store' ? 'private or no-store' : undefined),
  ],
  ['strict-transport-security', (word) => (word === 'max-age' ? word : undefined)],
  ['link', (word) => word],
  ['www-authenticate', (word) => word],
  ['access-control-allow-credentials', (word) => (word === 'true' ? word : undefined)],
  ['access-control-allow-methods', (word) => word],
  ['access-control-allow-headers', (word) => word],
  ['access-control-expose-headers', (word) => word],
]);

export interface HeaderLoss {
  readonly word: string;
  readonly severity: Severity;
  readonly base: Share;
  readonly cand: Share;
  readonly weight: Weight;
}

/** What a header always said, as far as readers rely on it, and never says any more: the worst of it. */
export function headerLoss(
  name: string,
  before: Counter,
  after: Counter,
  support: Support,
): HeaderLoss | undefined {
  const relied = RELIED_ON.get(name);
  if (!relied || before.capped || after.capped) return undefined;
  const was = wordsOf(before, relied);
  const is = wordsOf(after, relied);
  const lost = [...was]
    .map(([word, some]): HeaderLoss => {
      const base = { some, all: before.total() };
      const cand = { some: is.get(word) ?? 0, all: after.total() };
      // Whoever has a cookie of the old name has to log in once more.
      const severity = NAME.test(word) ? 'warning' : 'breaking';
      return { word, severity, base, cand, weight: weigh(base, cand, support) };
    })
    .filter(
      ({ base, cand, weight }) =>
        standing(base) === 'always' && standing(cand) === 'never' && isTold(weight),
    );
  return lost.find(({ severity }) => severity === 'breaking') ?? lost[0];
}

/** In how many messages each word is. */
function wordsOf(forms: Counter, relied: (word: string) => string | undefined) {
  const words = new Map<string, number>();
  for (const [form, times] of forms.entries()) {
    for (const word of new Set(form.split(', ').map(relied))) {
      if (word) words.set(word, (words.get(word) ?? 0) + times);
    }
  }
  return words;
}
