import { describe, expect, it } from 'vitest';
import type { OperationPair } from '../../../src/compare/pairs.ts';
import { calleesOf } from '../../../src/compare/view/callees.ts';
import { viewOperations } from '../../../src/compare/view/operations.ts';
import { showable } from '../../../src/compare/view/showable.ts';
import { statusChanges } from '../../../src/compare/view/status-changes.ts';
import { OperationStats } from '../../../src/profile/operation-stats.ts';
import { fieldFinding, finding } from '../../support/judgements.ts';
import { namer } from '../calls/make.ts';
import { operationPair, statsOf } from './make.ts';

const background = { base: new Map(), cand: new Map() };
const view = (pairs: readonly OperationPair[], findings = [] as ReturnType<typeof finding>[]) =>
  viewOperations(findings, { pairs, name: namer, background });
const none = () => new OperationStats();

describe('the statuses of an operation', () => {
  const ended = (...statuses: readonly (string | undefined)[]) =>
    statsOf(statuses.length, (i) => ({ status: statuses[i] }));

  it('are those of both sides, most frequent first, then by name', () => {
    const pair = operationPair('a GET /', ended('200', '200', '404'), ended('200', '500', '404'));
    expect(statusChanges(pair)).toEqual([
      { status: '200', kind: 'ok', baseline: 2, candidate: 1 },
      { status: '404', kind: 'client', baseline: 1, candidate: 1 },
      { status: '500', kind: 'server', baseline: 0, candidate: 1 },
    ]);
    const tied = operationPair('a GET /', ended('409', '404'), ended('500', '503', '503', '500'));
    expect(statusChanges(tied).map(({ status }) => status)).toEqual(['500', '503', '404', '409']);
  });

  it('count a response that never came as a failure of the server', () => {
    const lost = statsOf(1, () => ({ latency: undefined, status: undefined }));
    expect(statusChanges(operationPair('a GET /', lost, none()))).toEqual([
      { status: '(no response)', kind: 'server', baseline: 1, candidate: 0 },
    ]);
  });

  it('are a dozen, and the sum of the others', () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => String(200 + i));
    const of = (count: number) =>
      statusChanges(operationPair('a GET /', ended(...many(count), '200'), ended(...many(count))));
    expect(of(12)).toHaveLength(12);
    expect(of(12).at(-1)?.status).toBe('211');
    expect(of(14)).toHaveLength(13);
    expect(of(14)[0]).toEqual({ status: '200', kind: 'ok', baseline: 2, candidate: 1 });
    expect(of(14).at(-1)).toEqual({
      status: '(other)',
      kind: 'unknown',
      baseline: 2,
      candidate: 2,
    });
  });
});

describe('the callees of an operation', () => {
  const edge = (to: string, perHandledCall: number | null, from: string | null = 'a GET /') => ({
    from,
    caller: 'a',
    to,
    calls: 1,
    perHandledCall,
  });

  it('are those of both sides, by how often they are called together, then by name', () => {
    const base = [edge('b', 1), edge('d', 2), edge('e', 0.5)];
    const cand = [edge('c', 2), edge('b', 3.1449), edge('a', 0.5)];
    expect(calleesOf(base, cand).get('a GET /')).toEqual([
      { to: 'b', baseline: 1, candidate: 3.14 },
      { to: 'c', baseline: null, candidate: 2 },
      { to: 'd', baseline: 2, candidate: null },
      { to: 'a', baseline: null, candidate: 0.5 },
      { to: 'e', baseline: 0.5, candidate: null },
    ]);
  });

  it('are two dozen, and none of background work', () => {
    const many = Array.from({ length: 30 }, (_, i) => edge(`t${i}`, 30 - i));
    expect(
      calleesOf(many, [])
        .get('a GET /')
        ?.map(({ to }) => to),
    ).toEqual(Array.from({ length: 24 }, (_, i) => `t${i}`));
    expect(calleesOf([edge('b', 1, null), edge('b', null)], [])).toEqual(new Map());
  });

  it('are kept apart by operation', () => {
    const callees = calleesOf([edge('b', 1), edge('c', 1, 'z GET /')], []);
    expect([...callees]).toEqual([
      ['a GET /', [{ to: 'b', baseline: 1, candidate: null }]],
      ['z GET /', [{ to: 'c', baseline: 1, candidate: null }]],
    ]);
  });
});

describe('the operations', () => {
  const calls = (count: number) => statsOf(count);

  it('are those of findings, worst first, then those called most, then by name', () => {
    const pairs = [
      operationPair('a GET /', calls(1), calls(1)),
      operationPair('b GET /', calls(1), calls(4)),
      operationPair('c GET /', calls(4), calls(1)),
      operationPair('d GET /', none(), calls(1)),
      operationPair('e GET /', calls(1), none()),
    ];
    const findings = ['e GET /', 'nobody GET /', 'd GET /', 'e GET /'].map((operation) =>
      finding({ operation, path: 'x' }),
    );
    const { list, leftOut } = view(pairs, findings);
    expect(list.map(({ operation }) => operation[0])).toEqual(['e', 'd', 'b', 'c', 'a']);
    expect(leftOut).toBe(0);
  });

  it('are a thousand, and the number of the others', () => {
    const empty = none();
    const pairs = Array.from({ length: 1003 }, (_, i) =>
      operationPair(`o${i} GET /`, empty, empty),
    );
    const { list, leftOut } = view(pairs);
    expect([list.length, leftOut]).toEqual([1000, 3]);
  });

  it('have what either side saw, and nothing of what neither did', () => {
    const made = { to: 'stock GET /a' };
    const pair = operationPair(
      'orders GET /',
      statsOf(2, undefined, () => [made]),
      calls(3),
    );
    const [change] = view([pair]).list;
    expect(change).toMatchObject({
      operation: 'orders GET /',
      protocol: 'http',
      calls: { baseline: 2, candidate: 3 },
      statuses: [{ status: '200', baseline: 2, candidate: 3 }],
      callers: [{ caller: 'web', baseline: 2, candidate: 3 }],
      callees: [{ to: 'stock GET /a', baseline: 1, candidate: null }],
      latency: { baseline: { calls: 2 }, candidate: { calls: 3 } },
    });
    expect(change).not.toHaveProperty('schemas');
    expect(view([operationPair('orders GET /', none(), none())]).list).toEqual([
      {
        operation: 'orders GET /',
        protocol: 'http',
        calls: { baseline: 0, candidate: 0 },
        statuses: [],
        callers: [],
      },
    ]);
  });

  it('have the schemas that their own findings speak of', () => {
    const body = () => ({
      responseHeaders: new Map([['content-type', 'application/json']]),
      responseBody: { state: 'whole', text: '{"a":1}' } as const,
    });
    const pair = (name: string) => operationPair(name, statsOf(2, body), statsOf(2, body));
    const at = fieldFinding('response 200 /a', { operation: 'b GET /' });
    const { list } = view([pair('a GET /'), pair('b GET /')], [at]);
    expect(list.map(({ schemas }) => schemas?.map(({ message }) => message))).toEqual([
      ['response 200'],
      undefined,
    ]);
  });

  it('have a dozen callers, those that call most on both sides first, then by name', () => {
    const by = (...names: readonly string[]) =>
      statsOf(names.length, (i) => ({ from: names[i] ?? '' }));
    const pair = operationPair('a GET /', by('x', 'x', 'c', 'b'), by('z', 'z', 'z', 'x'));
    expect(view([pair]).list[0]?.callers).toEqual([
      { caller: 'x', baseline: 2, candidate: 1 },
      { caller: 'z', baseline: 0, candidate: 3 },
      { caller: 'b', baseline: 1, candidate: 0 },
      { caller: 'c', baseline: 1, candidate: 0 },
    ]);
    const many = by(...Array.from({ length: 15 }, (_, i) => `w${i}`));
    expect(view([operationPair('a GET /', many, many)]).list[0]?.callers).toHaveLength(12);
  });
});

it('what is shown has each finding with its name, and its filter where there is one', () => {
  const pairs = [operationPair('orders GET /a', statsOf(1), statsOf(1))];
  const known = fieldFinding('response 404 /x', { operation: 'orders GET /a' });
  const stranger = finding({ operation: 'nobody GET /', path: 'x' });
  const given = { findings: [known, stranger], pairing: { pairs, name: namer, background } };
  const shown = showable(given);
  expect(shown.findings).toEqual([
    {
      id: 'schema.field-removed orders GET /a response 404 /x',
      ...known,
      kfl: expect.stringContaining('status_code == 404'),
    },
    { id: 'schema.field-removed nobody GET / x', ...stranger },
  ]);
  expect(shown.findings[1]).not.toHaveProperty('kfl');
  expect(shown.operations.list.map(({ operation }) => operation)).toEqual(['orders GET /a']);
  expect(shown.pairing).toBe(given.pairing);
});
