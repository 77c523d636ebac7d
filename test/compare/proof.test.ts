import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { targetOf } from '../../src/calls/target.ts';
import type { Finding } from '../../src/compare/finding.ts';
import { proveSchemaFindings } from '../../src/compare/proof.ts';
import { offendingCalls } from '../../src/compare/schema/offending-calls.ts';
import { withSecondOpinions } from '../../src/compare/schema/second-opinion.ts';
import { observed } from '../profile/schema/make.ts';
import { call, json } from '../support/calls.ts';
import { fieldAt, finding } from '../support/judgements.ts';
import { namer } from './calls/make.ts';
import { operationPair, statsOf } from './view/make.ts';

const headers = { responseHeaders: new Map([['content-type', 'application/json']]) };
const answer = (value: unknown, status = '200') => ({
  ...headers,
  status,
  responseBody: json(value),
});
const before = statsOf(30, (i) => answer({ id: i, name: 'x', list: [1] }, i % 2 ? '200' : '201'));
const now = statsOf(30, (i) => answer({ id: i, list: ['a'] }, i % 2 ? '200' : '201'));
const pair = operationPair('things GET /things', before, now);
const at = (path: string | undefined, rule: Finding['rule'] = 'schema.field-removed') => {
  const { path: _, ...rest } = finding({ rule, operation: pair.operation });
  return path === undefined ? rest : { ...rest, path, field: fieldAt(path) };
};

describe('the second opinion', () => {
  const opinion = async (...findings: readonly Finding[]) =>
    (await withSecondOpinions(findings, [pair])).map(({ secondOpinion }) => secondOpinion);

  it('agrees where it sees a change of the field, and disagrees where it sees none', async () => {
    expect(
      await opinion(
        at('response 200 /name'),
        at('response 200 /id'),
        at('response 200 /list/*', 'schema.type-changed'),
        at('response 200', 'schema.type-changed'),
        at('response 200 /gone', 'schema.field-added'),
      ),
    ).toEqual(['agrees', 'disagrees', 'agrees', 'disagrees', 'disagrees']);
  });

  it('knows no more than fields, types and null', async () => {
    expect(
      await opinion(
        at('response 200 /name', 'schema.enum-value-added'),
        at('response 200 /name', 'schema.format-changed'),
        at('response 404 /name'),
        at('response 200 /a/b'),
        at('response 200 /id/*'),
        at(undefined),
        { ...at('response 200 /name'), operation: 'else GET /' },
      ),
    ).toEqual(Array(7).fill('not supported'));
    const other = finding({ rule: 'error.new-status', operation: pair.operation });
    expect(await withSecondOpinions([other], [pair])).toEqual([other]);
  });

  it('is asked a hundred different questions, of the first', async () => {
    const values = [null, true, 1, 1.5, 's', [1], { a: 1 }];
    const fields = Array.from({ length: 127 }, (_, i) => ({
      name: `f${String.fromCharCode(97 + (i >> 4), 97 + (i & 15))}`,
      some: values.filter((_, nth) => (i + 1) & (1 << nth)),
    }));
    const typed = statsOf(7, (i) =>
      answer(Object.fromEntries(fields.map(({ name, some }) => [name, some[i % some.length]]))),
    );
    const wide = operationPair(
      pair.operation,
      typed,
      statsOf(7, () => answer({})),
    );
    const removed = fields.map(({ name }) => at(`response 200 /${name}`));
    const answers = await withSecondOpinions([...removed, ...removed], [wide]);
    const told = answers.map(({ secondOpinion }) => secondOpinion);
    expect(told.slice(0, 127)).toEqual(told.slice(127));
    expect(told.slice(0, 127)).toEqual([
      ...Array(100).fill('agrees'),
      ...Array(27).fill('not supported'),
    ]);
  });

  it('knows whether a field is always there, and null', async () => {
    const some = statsOf(30, (i) => answer(i % 4 < 2 ? { id: null } : {}));
    const all = statsOf(30, (i) => answer({ id: i % 4 < 2 ? null : 1 }));
    const every = statsOf(30, () => answer({ id: 1 }));
    const ask = async (base: typeof some, cand: typeof some) => {
      const one = [operationPair('things GET /things', base, cand)];
      return (await withSecondOpinions([at('response 200 /id', 'schema.became-optional')], one))[0]
        ?.secondOpinion;
    };
    expect([await ask(every, some), await ask(every, all), await ask(all, all)]).toEqual([
      'agrees',
      'agrees',
      'disagrees',
    ]);
  });
});

const broken = (id: string, status = '200', value: unknown = { id: 1, list: [1] }): Call =>
  call({ id, to: 'things', path: '/things', ...answer(value, status) });
const sampled = (one: Call) => ({ call: one, target: targetOf(one) });

describe('the proof of a schema finding', () => {
  const prove = (findings: readonly Finding[], sample: readonly Call[]) =>
    proveSchemaFindings(findings, { pairs: [pair], name: namer }, sample.map(sampled));

  it('has calls of its message first that break the schema there, then what it had', async () => {
    const known = { callId: 'c2', side: 'candidate', note: '/name' } as const;
    const old = { callId: 'b1', side: 'baseline', note: '/name' } as const;
    const given = { ...at('response 200 /name'), evidence: [known, old] };
    const elsewhere = call({ id: 'c4', to: 'things', path: '/others', ...answer({}) });
    const [proved] = await prove(
      [given],
      [
        broken('c1', '201'),
        broken('c2'),
        broken('c3'),
        elsewhere,
        broken('c5', '200', { id: 1, name: 'x', list: [] }),
      ],
    );
    const note = 'required at /name';
    expect(proved?.evidence).toEqual([
      { callId: 'c2', side: 'candidate', note },
      { callId: 'c3', side: 'candidate', note },
      old,
    ]);
    expect(proved?.secondOpinion).toBe('agrees');
  });

  it('of a request is looked for whatever the status', async () => {
    const made = statsOf(30, (i) => ({ path: '/things?page=1', status: i % 2 ? '200' : '404' }));
    const pairs = [operationPair('things GET /things', made, made)];
    const asked = (id: string, status: string) =>
      call({ id, to: 'things', path: '/things?size=1', status });
    const sample = [asked('c1', '200'), asked('c2', '404')].map(sampled);
    const [proved] = await proveSchemaFindings(
      [{ ...at('request query /page'), evidence: [] }],
      { pairs, name: namer },
      sample,
    );
    expect(proved?.evidence.map(({ callId }) => callId)).toEqual(['c1', 'c2']);
  });

  it('is none of other findings, of schemas not known, and of more than fifty', async () => {
    const sample = [broken('c1')];
    const error = finding({
      rule: 'error.new-status',
      operation: pair.operation,
      path: 'status 500',
    });
    expect(await prove([error], sample)).toEqual([error]);
    const [unknown] = await prove([at('response 404 /name')], sample);
    expect(unknown?.evidence).toEqual(at(undefined).evidence);
    const many = Array<Finding>(51).fill({ ...at('response 200 /name'), evidence: [] });
    const counts = (await prove(many, sample)).map(({ evidence }) => evidence.length);
    expect(counts.slice(49)).toEqual([1, 0]);
  });
});

describe('calls that break a schema', () => {
  const schema = observed(Array.from({ length: 30 }, (_, i) => ({ id: i, name: 'x' })));
  const anywhere = { side: 'response', part: 'json', pointer: '' } as const;
  const ids = async (
    calls: readonly Call[],
    place: Parameters<typeof offendingCalls>[2] = anywhere,
  ) => (await offendingCalls(schema, calls, place)).map(({ callId }) => callId);
  const fine = broken('fine', '200', { id: 1, name: 'x' });

  it('are three, of the first two hundred', async () => {
    const bad = Array.from({ length: 5 }, (_, i) => broken(`c${i}`));
    expect(await ids(bad)).toEqual(['c0', 'c1', 'c2']);
    const late = (good: number) => [...Array<Call>(good).fill(fine), broken('late')];
    expect(await ids(late(199))).toEqual(['late']);
    expect(await ids(late(200))).toEqual([]);
  });

  it('have bodies of a megabyte at most', async () => {
    const long = (length: number) => broken('c', '200', { pad: 'x'.repeat(length) });
    const rest = '{"pad":""}'.length;
    expect(await ids([long(1024 * 1024 - rest)])).toEqual(['c']);
    expect(await ids([long(1024 * 1024 - rest + 1)])).toEqual([]);
  });

  it('are told with the place, or the whole', async () => {
    const told = async (value: unknown) =>
      (await offendingCalls(schema, [broken('c', '200', value)], anywhere))[0]?.note;
    expect(await told({ id: 1 })).toBe('required at /name');
    expect(await told('x')).toBe('type at /');
    expect(await told({ id: 'x', name: 'x' })).toBe('type at /id');
  });

  it('break it at the place of the finding, or below', async () => {
    const place = (pointer: string) => ({ ...anywhere, pointer });
    const bad = [broken('c', '200', { id: { deep: 1 }, name: 'x' })];
    expect(await ids(bad, place('/id'))).toEqual(['c']);
    expect(await ids(bad, place('/*'))).toEqual(['c']);
    expect(await ids(bad, place('/name'))).toEqual([]);
    expect(await ids(bad, place('/id/deep'))).toEqual([]);
  });

  it('are looked at on the side of the finding', async () => {
    const request = { side: 'request', part: 'json', pointer: '' } as const;
    const type = new Map([['content-type', 'application/json']]);
    const asked = call({
      id: 'c',
      requestHeaders: type,
      requestBody: json({ id: 1 }),
      ...answer({ id: 1, name: 'x' }),
    });
    expect(await ids([asked], request)).toEqual(['c']);
    expect(await ids([asked])).toEqual([]);
    expect(await ids([asked], { ...anywhere, part: 'query' })).toEqual([]);
  });
});
