import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { acceptSnippet } from '../../src/report/accept-snippet.ts';
import { finding, HOSTILE } from '../support/judgements.ts';

const END = Date.UTC(2026, 0, 31, 12);

it('is an item of accept: that fits the finding, to be completed', () => {
  expect(acceptSnippet(finding(), END)).toBe(`accept:
  - rule: schema.field-removed
    operation: orders GET /api/orders/{id}
    path: response 200 /currency
    reason: "…" # why this change is meant
    expires: 2026-03-02 # the last day it holds
`);
});

it('leaves the path out where the finding has none, and the day where no time is known', () => {
  const { path: _, ...rest } = finding();
  expect(parse(acceptSnippet(rest, null))).toEqual({
    accept: [
      {
        rule: 'schema.field-removed',
        operation: 'orders GET /api/orders/{id}',
        reason: '…',
        expires: 'YYYY-MM-DD',
      },
    ],
  });
});

it('says every name as it is', () => {
  const names = fc.oneof(
    fc.constantFrom(
      ...HOSTILE,
      'true',
      'null',
      '1e3',
      '2026-01-01',
      'a: b',
      '- a',
      'a #b',
      '*',
      '{a}',
      ' a',
    ),
    fc.string({ unit: 'binary' }),
    fc.string(),
  );
  fc.assert(
    fc.property(names, names, (operation, path) => {
      const wellFormed = (text: string) => text.isWellFormed();
      fc.pre(wellFormed(operation) && wellFormed(path));
      const [item] = parse(acceptSnippet(finding({ operation, path }), END)).accept;
      expect(item).toMatchObject({ operation, path });
    }),
  );
});

it('shows what is invisible', () => {
  const snippet = acceptSnippet(finding({ operation: 'a\u202eb\u001b\u{e0041}' }), END);
  expect(snippet).toContain('"a\\u202eb\\u001b\\U000e0041"');
});
