import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordsOf } from '../../src/sources/ndjson-records.ts';

async function* cut(bytes: Buffer, cuts: readonly number[]) {
  let from = 0;
  for (const to of [
    ...cuts.map((c) => c % (bytes.length + 1)).sort((a, b) => a - b),
    bytes.length,
  ]) {
    yield bytes.subarray(from, to);
    from = to;
  }
}

async function records(text: string, cuts: readonly number[]) {
  const defects = { cut: false, truncated: false };
  const out: (string | undefined)[] = [];
  for await (const batch of recordsOf(cut(Buffer.from(text), cuts), defects)) out.push(...batch);
  return { records: out.map((record) => record && JSON.parse(record)), ...defects };
}

const objects = fc.array(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), {
  minLength: 1,
  maxLength: 6,
});
const cuts = fc.array(fc.nat(5000), { maxLength: 12 });

describe('records are the same wherever the stream is cut into chunks', () => {
  const forms: Readonly<Record<string, (values: readonly object[]) => string>> = {
    lines: (values) => values.map((value) => JSON.stringify(value)).join('\n'),
    array: (values) => JSON.stringify(values),
    'array over lines': (values) => JSON.stringify(values, null, 2),
    answer: (values) => JSON.stringify({ total: 3, calls: values, more: [[]], truncated: true }),
    'answer over lines': (values) => JSON.stringify({ calls: values, truncated: true }, null, 2),
  };
  test.each(Object.entries(forms))('%s', async (form, write) => {
    await fc.assert(
      fc.asyncProperty(objects, cuts, async (given, at) => {
        // A first line that is an empty object would announce objects over lines.
        const values = [{ id: 'a' }, ...given];
        expect(await records(write(values), at)).toEqual({
          records: JSON.parse(JSON.stringify(values)),
          cut: false,
          truncated: form.startsWith('answer'),
        });
      }),
    );
  });
});

test('a beginning of any form is read without an error', async () => {
  await fc.assert(
    fc.asyncProperty(objects, fc.nat(2000), fc.boolean(), async (values, length, pretty) => {
      const text = JSON.stringify({ calls: values }, null, pretty ? 1 : 0);
      const beginning = text.slice(0, length % text.length);
      const defects = { cut: false, truncated: false };
      for await (const _ of recordsOf(cut(Buffer.from(beginning), []), defects));
      expect(defects.cut).toBe(beginning.length > 0);
    }),
  );
});
