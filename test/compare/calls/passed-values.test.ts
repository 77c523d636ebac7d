import { expect, it } from 'vitest';
import { findingsOf, type Handled, profileOf } from '../../../scripts/rules-calls.ts';
import { decodeProfile, encodeProfile } from '../../../src/profile/codec.ts';

type Each = (i: number) => Handled;
type Calls = readonly [number, number];

const stock = { to: 'inventory', method: 'GET', path: '/stock' };
/** `GET /orders?page=…&sort=…`, and the page that is asked of the inventory for it. */
const asks =
  (page: (asked: number, i: number) => number | string, pages = 7): Each =>
  (i) => {
    const [asked, rest] = [i % pages, `&sort=${i % 5}`];
    const path = `/stock?page=${page(asked, i)}${rest}`;
    return { path: `/orders?page=${asked}${rest}`, makes: [{ ...stock, path }] };
  };
const asAsked = asks((asked) => asked);
const others = (share: number) => asks((asked, i) => (i % 10 < share ? asked + 50 : asked));

/** What the inventory answers, and what is answered with it. */
const answers =
  (answer: (i: number) => object, from: (i: number) => object = answer): Each =>
  (i) => ({ response: answer(i), makes: [{ ...stock, response: from(i) }] });
const total = (i: number) => ({ total: 100 + i });

function told(rule: string, baseline: Each, candidate: Each, calls: Calls = [60, 60]) {
  const all = findingsOf({ rule: 'call.answer-mismatched', baseline, candidate, calls });
  return all.filter((finding) => finding.rule === rule);
}
const parameters = (...given: [Each, Each, Calls?]) => told('call.parameter-mismatched', ...given);
const answered = (...given: [Each, Each, Calls?]) => told('call.answer-mismatched', ...given);
const words = (found: ReturnType<typeof told>) =>
  found.map(({ severity, path, summary }) => `${severity} @ ${path}: ${summary}`);

it('a call with another parameter than it was asked with breaks', () => {
  expect(
    words(
      parameters(
        asAsked,
        asks(() => 1),
      ),
    ),
  ).toEqual([
    "breaking @ inventory GET /stock: Calls inventory GET /stock with another 'page' than it was asked with in 51 of 60 calls; never before in 60.",
  ]);
});

it('breaks from half of the calls on; fewer are told, and few are not', () => {
  const severities = [5, 3, 2, 1].map((share) => parameters(asAsked, others(share))[0]?.severity);
  expect(severities).toEqual(['breaking', 'warning', 'warning', undefined]);
});

it('is shown by calls that have another', () => {
  const shown = parameters(asAsked, others(5))[0]?.evidence.map(({ callId }) => callId) ?? [];
  expect(shown.length).toBeGreaterThan(0);
  for (const id of shown) expect(Number(id.split('/')[1]) % 10).toBeLessThan(5);
});

it('a value that goes by another name is looked for, as in the parameters of a statement', () => {
  const insert = { to: 'db', method: 'INSERT', protocol: 'postgresql' };
  const path = 'INSERT INTO charges (id, cents) VALUES ($1, $2)';
  const of =
    (extra: number, different = 60): Each =>
    (i) => {
      const cents = 5000 + (i % different);
      const made = { ...insert, path, request: { params: [`charge-${i}`, cents + extra] } };
      return { request: { amount: cents }, makes: [made] };
    };
  expect(
    parameters(of(0), of(100)).map(({ severity, summary }) => `${severity} ${summary}`),
  ).toEqual([
    expect.stringMatching(
      /^breaking Calls db INSERT .* with another 'params\[1\]' than it was asked with in 60 of 60 calls; never before in 60\.$/,
    ),
  ]);
  expect(parameters(of(0, 3), of(100, 3))).toEqual([]);
  expect(parameters(of(0, 4), of(100, 4))).toHaveLength(1);
});

it('calls in the name of another than who asked break', () => {
  const token = (user: number) => ({ authorization: `Bearer ${user}`, accept: 'text/html' });
  const of =
    (user: (asked: number) => number): Each =>
    (i) => ({ requestHeaders: token(i), makes: [{ ...stock, headers: token(user(i)) }] });
  expect(
    words(
      parameters(
        of((asked) => asked),
        of((asked) => asked - 1),
      ),
    ),
  ).toEqual([
    "breaking @ inventory GET /stock: Calls inventory GET /stock with another 'authorization' than it was asked with in 60 of 60 calls; never before in 60.",
  ]);
});

it('several parameters of one callee are one finding', () => {
  const body = (shift: number) => (i: number) => {
    const of = (n: number) => ({ a: n, b: n + 1, c: n + 2, d: n + 3, e: n + 4 });
    const made = { ...stock, method: 'POST', request: of(i + shift) };
    return { request: of(i), makes: [made] };
  };
  expect(parameters(body(0), body(9)).map(({ summary }) => summary)).toEqual([
    "Calls inventory POST /stock with another 'a' than it was asked with in 60 of 60 calls; never before in 60. The same of 'b', 'c', 'd', 1 more.",
  ]);
});

it.each<[string, Each, Each, Calls?]>([
  ['as asked', asAsked, asAsked],
  ['that was another before at times', others(1), others(10)],
  ['of two values', asks((asked) => asked, 2), asks(() => 9, 2)],
  ['in few calls', asAsked, others(10), [60, 19]],
  ['in few calls before', asAsked, others(10), [19, 60]],
  ['of one call in several', asAsked, (i) => ({ ...asAsked(i), makes: [stock, stock] })],
])('a parameter %s says nothing', (_, before, after, calls) => {
  expect(parameters(before, after, calls)).toEqual([]);
});

it('three values are enough', () => {
  expect(
    parameters(
      asks((asked) => asked, 3),
      asks(() => 9, 3),
    ),
  ).toHaveLength(1);
});

it('an answer that is not what the callee answered breaks', () => {
  const wrong = answers((i) => ({ total: 99 + i }), total);
  expect(words(answered(answers(total), wrong))).toEqual([
    "breaking @ response total: Answers another 'total' than inventory GET /stock had answered in 60 of 60 calls; never before in 60.",
  ]);
});

it.each<[string, (i: number) => object, (i: number) => object]>([
  ['text instead of a number', total, (i) => ({ total: `${100 + i}` })],
  ['another value of its own', (i) => ({ ...total(i), at: i }), (i) => ({ ...total(i), at: -i })],
])('%s says nothing', (_, before, after) => {
  expect(answered(answers(before, total), answers(after, total))).toEqual([]);
});

it('three different answers are too few to be no chance, four are not', () => {
  const of = (different: number, shift: number) =>
    answers(
      (i) => ({ total: (i % different) + shift }),
      (i) => ({ total: i % different }),
    );
  expect(answered(of(3, 0), of(3, 9))).toEqual([]);
  expect(answered(of(4, 0), of(4, 9))).toHaveLength(1);
});

it('several values of one answer are one finding, by that which most answers show', () => {
  const of = (shift: number, name = (i: number) => i) =>
    answers(
      (i) => ({ total: 100 + i + shift, name: `${name(i)}th` }),
      (i) => ({ total: 100 + i, name: `${i}th` }),
    );
  const found = answered(
    of(0),
    of(5, (i) => (i % 3 ? i + 1 : i)),
  );
  expect(found.map(({ path, severity }) => `${severity} ${path}`)).toEqual([
    'breaking response total',
    'info response name',
  ]);
});

it('a value that several callees answered is one finding', () => {
  const prices = { to: 'ledger', method: 'GET', path: '/prices' };
  const of =
    (shift: number): Each =>
    (i) => {
      const makes = [stock, prices].map((made) => ({ ...made, response: total(i) }));
      return { response: { total: 100 + i + shift }, makes };
    };
  expect(words(answered(of(0), of(1)))).toEqual([
    "breaking @ response total: Answers another 'total' than inventory GET /stock had answered in 60 of 60 calls; never before in 60.",
  ]);
});

it('items that are left out are told by their list', () => {
  const items = (i: number) =>
    Array.from({ length: 2 + (i % 5) }, (_, k) => ({ sku: i + k, n: k + 1 }));
  const all = (i: number) => ({ items: items(i) });
  const one = answers((i) => ({ items: items(i).slice(0, 1) }), all);
  const [list] = told('schema.array-emptied', answers(all), one);
  const found = answered(answers(all), one);
  expect(found.map(({ path }) => path).sort()).toEqual([
    'response items',
    'response n',
    'response sku',
  ]);
  const causes = new Set(found.map(({ causedBy }) => causedBy));
  expect([...causes]).toEqual([expect.stringContaining('schema.array-emptied')]);
  expect(list?.severity).toBe('breaking');
});

const echoes = (...given: [Each, Each, Calls?]) => told('call.echo-mismatched', ...given);
/** `POST /orders` of so many units, and what is answered to it. */
const ordered =
  (units: (asked: number) => number | string, different = 60): Each =>
  (i) => ({ request: { units: i % different }, response: { id: i, units: units(i % different) } });

it('an answer that no longer repeats what was asked for breaks', () => {
  expect(
    words(
      echoes(
        ordered((asked) => asked),
        ordered((asked) => asked + 1),
      ),
    ),
  ).toEqual([
    "breaking @ response units: Answers another 'units' than it was asked with in 60 of 60 calls; never before in 60.",
  ]);
});

it.each<[string, Each, Each, Calls?]>([
  ['as asked', ordered((asked) => asked), ordered((asked) => `${asked}`)],
  ['that was another before', ordered((asked) => -asked), ordered(() => 7)],
  ['of three values', ordered((asked) => asked, 3), ordered(() => 7, 3)],
  ['in few calls', ordered((asked) => asked), ordered(() => 7), [60, 19]],
])('an answer %s says nothing', (_, before, after, calls) => {
  expect(echoes(before, after, calls)).toEqual([]);
});

it('is told with what the callee answered, where it is not that either', () => {
  const of =
    (shift: number): Each =>
    (i) => {
      const asked = { units: i };
      const makes = [{ ...stock, method: 'POST', request: asked, response: asked }];
      return { request: asked, response: { units: i + shift }, makes };
    };
  const [answer] = answered(of(0), of(1));
  expect(answer).toMatchObject({ severity: 'breaking', path: 'response units' });
  expect(echoes(of(0), of(1))).toMatchObject([
    { severity: 'info', causedBy: expect.stringContaining('call.answer-mismatched') },
  ]);
});

it('follows from what is told of the field', () => {
  const text = answers((i) => ({ total: `${100 + i} EUR` }), total);
  const [field] = told('schema.type-changed', answers(total), text);
  const [value] = answered(answers(total), text);
  expect(field).toMatchObject({ severity: 'breaking', field: { pointer: '/total' } });
  expect(value).toMatchObject({
    severity: 'info',
    causedBy: expect.stringContaining('/total'),
  });
});

it('a stored profile holds both', () => {
  const both: Each = (i) => ({
    ...asAsked(i),
    ...answers(total)(i),
    path: `/orders?page=${i % 7}`,
  });
  const text = encodeProfile(profileOf('b', 60, both));
  expect(text).toContain('"answers":[["total",{"seen":60,"passed":60,');
  expect(encodeProfile(decodeProfile(text))).toBe(text);
  const asked = encodeProfile(profileOf('b', 60, asAsked));
  expect(asked).toContain('"parameters":[["page",{"seen":60,"passed":60,');
});
