import { describe, expect, it } from 'vitest';
import { offendingCalls } from '../../../src/compare/schema/offending-calls.ts';
import { call, observed } from '../../profile/schema/make.ts';

const calls = (bodies: readonly unknown[]) =>
  bodies.map((body, i) =>
    call(`c${i}`, { responseBody: { state: 'whole', text: JSON.stringify(body) } }),
  );
const body = { side: 'response', part: 'json', pointer: '' } as const;
const baseline = observed(
  Array.from({ length: 30 }, (_, i) => ({
    id: i,
    items: [{ price: i }],
    stock: { [`sku-${1000 + i}`]: 1 },
  })),
);
const good = { id: 1, items: [{ price: 1 }], stock: {} };

describe('offendingCalls', () => {
  it('names the call, the keyword and the place', async () => {
    const found = await offendingCalls(
      baseline,
      calls([good, { ...good, items: [{ price: 1 }, {}] }, good]),
      body,
    );
    expect(found).toEqual([
      { callId: 'c1', side: 'candidate', note: 'required at /items/1/price' },
    ]);
  });

  it('looks at the place of the finding only', async () => {
    const bodies = [
      { ...good, id: 'x' },
      { ...good, items: [{ price: null }] },
    ];
    const found = await offendingCalls(baseline, calls(bodies), {
      ...body,
      pointer: '/items/*/price',
    });
    expect(found).toEqual([{ callId: 'c1', side: 'candidate', note: 'type at /items/0/price' }]);
  });

  it('tells no name that is data', async () => {
    const bodies = [{ ...good, stock: { 'jane@example.com': 'x' } }];
    const found = await offendingCalls(baseline, calls(bodies), body);
    expect(found).toEqual([{ callId: 'c0', side: 'candidate', note: 'type at /stock/{email}' }]);
  });

  it('validates the part that the finding is about', async () => {
    const query = observed([{ page: '1' }, { page: '2' }]);
    const odd = call('odd', {
      path: '/things?size=2',
      requestBody: { state: 'whole', text: '{"size":2}' },
      requestHeaders: new Map([['content-type', 'application/json']]),
    });
    const place = { side: 'request', part: 'query', pointer: '/page' } as const;
    expect(await offendingCalls(query, [odd], place)).toEqual([
      { callId: 'odd', side: 'candidate', note: 'required at /page' },
    ]);
    expect(await offendingCalls(query, [odd], { ...place, part: 'form' })).toEqual([]);
  });

  it('leaves cut bodies and names of the prototype alone', async () => {
    const cut = call('cut', { responseBody: { state: 'cut', text: '{' } });
    expect(await offendingCalls(baseline, [cut], body)).toEqual([]);
    const odd = observed([JSON.parse('{"__proto__":1,"toString":2}')]);
    const same = call('same', {
      responseBody: { state: 'whole', text: '{"__proto__":1,"toString":2}' },
    });
    expect(await offendingCalls(odd, [same], body)).toEqual([]);
  });
});
