import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonText } from '../../src/support/json-text.ts';

const UNSEEN = /[\p{Cc}\p{Cf}\p{DI}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{NChar}]/u;
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '\u202egnissap',
    '\u009b31m',
    '\u2028',
    '\ud800',
    '\u{e0001}',
    '\ufffe',
    '\u200b',
  ),
);

it('means the same, and shows every character', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.dictionary(hostile, hostile), (value, texts) => {
      const given = { value, texts };
      const text = jsonText(given, 2);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(given)));
      expect(text.replaceAll('\n', '')).not.toMatch(UNSEEN);
    }),
  );
});
