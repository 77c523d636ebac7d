import { expect, it } from 'vitest';
import { MessageProfile } from '../../../src/profile/message.ts';
import type { Json } from '../../../src/support/json.ts';
import { compared, messages } from '../schema/make.ts';

/** Words of forms that profiles did not hold at first. */
const LATER = /^(?:name=|path=|script-src|charset=)/;

function made(headers: Readonly<Record<string, string>>, prefix: string): MessageProfile {
  const over = () => ({ responseHeaders: new Map(Object.entries(headers)) });
  return messages('response', 50, () => ({ id: 1 }), over, prefix);
}

type Names = [name: string, count: number, forms: { counts: [string, number][] }, ids: string[]][];

/** The same as it was stored before these words. */
function ofBefore(profile: MessageProfile): MessageProfile {
  const json = profile.toJSON() as unknown as { headers: { names: Names } };
  for (const [name, , forms] of json.headers.names) {
    const counts = forms.counts.map(([form, times]): [string, number] => {
      const words = form.split(', ').filter((word) => !LATER.test(word));
      return [words.join(', '), times];
    });
    forms.counts = name === 'content-type' ? [] : counts;
  }
  return MessageProfile.fromJSON(json as unknown as Json);
}

it.each([
  ['set-cookie', 'session=a; Path=/; HttpOnly'],
  ['set-cookie', 'a=b'],
  ['content-security-policy', "script-src 'self' 'unsafe-inline'; sandbox"],
  ['content-security-policy', 'default-src *'],
  ['content-type', 'text/html; charset=utf-8'],
])('a profile of before says the same: %s: %s', (name, value) => {
  const [base, cand] = [made({ [name]: value }, 'b'), made({ [name]: value }, 'c')];
  expect(compared('response', ofBefore(base), cand).findings).toEqual([]);
  expect(compared('response', base, cand).findings).toEqual([]);
});

it('a profile of before still tells of what it knew', () => {
  const base = ofBefore(made({ 'set-cookie': 'session=a; Path=/; HttpOnly' }, 'b'));
  const cand = made({ 'set-cookie': 'sid=a' }, 'c');
  expect(compared('response', base, cand).findings.map(({ summary }) => summary)).toEqual([
    "Header set-cookie of response 200 no longer says 'httponly' (50/50 → 0/50).",
  ]);
});
