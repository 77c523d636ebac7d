import { describe, expect, it } from 'vitest';
import { bodyErrors, newErrorCode } from '../../../src/compare/schema/body-errors.ts';
import type { Change } from '../../../src/compare/schema/report.ts';
import { decodeNode, encodeNode } from '../../../src/profile/schema/codec.ts';
import { observed } from '../../profile/schema/make.ts';
import { compareBodies } from './make.ts';

const support = { minSamples: 20, scale: { base: 1, cand: 1 } };

/** So many of a hundred bodies are the failing one; the others are fine. */
const bodies = (failing: number, failed: object, fine: object) =>
  observed(Array.from({ length: 100 }, (_, i) => (i < failing ? failed : fine)));

/** What is told of a hundred bodies a side. */
function told(before: number, after: number, failed: object, fine: object = { data: 1 }) {
  return bodyErrors(bodies(before, failed, fine), bodies(after, failed, fine), support).map(
    ({ rule, pointer, weight, atMost, base, cand }) =>
      `${rule} ${pointer} ${weight} ${atMost ?? ''} ${base.some}/${base.all} ${cand.some}/${cand.all}`,
  );
}

describe('an error that bodies tell of', () => {
  it.each([
    ['/errors', { errors: ['a'] }, {}],
    ['/Errors', { Errors: 'a' }, { Errors: '' }],
    ['/error', { error: 'x' }, { error: null }],
    ['/error', { error: true }, { error: false }],
    ['/exception', { exception: { code: 1 } }, { exception: {} }],
    ['/fault', { fault: { 123456: 1 } }, { fault: {} }],
    ['/errcode', { errcode: 40013 }, { errcode: 0 }],
    ['/error_code', { error_code: 3 }, { error_code: 0 }],
    ['/errno', { errno: -2 }, { errno: 0 }],
    ['/ok', { ok: false }, { ok: true }],
    ['/success', { success: false }, { success: true }],
    ['/isSuccess', { isSuccess: false }, { isSuccess: true }],
    ['/has_error', { has_error: true }, { has_error: false }],
    ['/result/isError', { result: { isError: true } }, { result: { isError: false } }],
  ])('is new at %s (%j)', (pointer, failed, fine) => {
    expect(told(0, 20, failed, fine)).toEqual([`error.new-code ${pointer} decided  0/100 20/100`]);
    expect(told(0, 0, failed, fine)).toEqual([]);
  });

  it.each([
    ['/errors', { errors: [{ message: 'a' }] }, { data: 1 }],
    ['/errors', { errors: [{ message: 'a' }] }, { errors: [] }],
    ['/error', { jsonrpc: '2.0', error: { code: 1 } }, { jsonrpc: '2.0', result: 1 }],
    ['/success', { success: false }, { success: true }],
    ['/result/isError', { result: { isError: true } }, { result: { isError: false } }],
  ])('is more frequent at %s (%j)', (pointer, failed, fine) => {
    const rise = `error.rate-increased ${pointer}`;
    expect(told(2, 30, failed, fine)).toEqual([`${rise} decided  2/100 30/100`]);
    expect(told(30, 2, failed, fine)).toEqual([]);
    expect(told(5, 8, failed, fine)).toEqual([]);
  });

  it.each([
    ['/status', { status: 'error' }, { status: 'success' }],
    ['/outcome', { outcome: 'FAILED' }, { outcome: 'DONE' }],
    ['/error', { id: 1, error: 'no space' }, { id: 1, error: null }],
    ['/failed', { failed: true }, { failed: false }],
  ])(
    'warns where it may be the state of what is asked for, at %s (%j)',
    (pointer, failed, fine) => {
      expect(told(2, 60, failed, fine)).toEqual([
        `error.rate-increased ${pointer} decided warning 2/100 60/100`,
      ]);
    },
  );

  it.each(['success', 'isOk', 'failed', 'error'])('in /%s is no flag besides', (name) => {
    const fine = name === 'success' || name === 'isOk';
    const { findings } = compareBodies(
      'response',
      () => ({ [name]: fine, data: 1 }),
      () => ({ [name]: !fine, data: 1 }),
    );
    expect(findings.map(({ rule }) => rule)).toEqual(['error.new-code']);
  });

  it.each<[string, object, object]>([
    ['errors', { errors: ['a'] }, { data: 1 }],
    ['success', { success: false }, { success: true }],
    ['status', { status: 'error' }, { status: 'success' }],
  ])('in /%s is shown by calls of both sides', (_, failed, fine) => {
    const examples = (before: number) =>
      bodyErrors(bodies(before, failed, fine), bodies(60, failed, fine), support).map(
        ({ baseExamples, candExamples }) => [baseExamples.length > 0, candExamples.length > 0],
      );
    expect(examples(2)).toEqual([[true, true]]);
    if (!('status' in fine)) expect(examples(0)).toEqual([[true, true]]);
  });

  it('only warns of a flag that is new and may be such a state', () => {
    expect(told(0, 60, { failed: true }, { failed: false })).toEqual([
      'error.new-code /failed decided warning 0/100 60/100',
    ]);
  });

  it('is none where a word is new among the outcomes: that is told as such', () => {
    expect(told(0, 30, { status: 'error' }, { status: 'success' })).toEqual([]);
  });

  it('is none in what is named otherwise, lies deeper, or says nothing', () => {
    expect(told(0, 20, { errorful: 'a' })).toEqual([]);
    expect(told(0, 20, { a: { errors: ['a'] } }, { a: {} })).toEqual([]);
    expect(told(0, 20, { failed: 3 }, { failed: 0 })).toEqual([]);
    expect(told(0, 20, { errors: [] })).toEqual([]);
    expect(told(0, 20, { status: 'open' }, { status: 'done' })).toEqual([]);
  });

  it('only warns of a known one that rose by less than a tenth of the bodies', () => {
    const many = (failing: number) =>
      observed(Array.from({ length: 1000 }, (_, i) => ({ ok: i >= failing })));
    const change = (before: number, after: number, errorIncrease = 0.01) =>
      bodyErrors(many(before), many(after), support, { errorIncrease })[0];
    expect(change(10, 60)).toMatchObject({ rule: 'error.rate-increased', atMost: 'warning' });
    expect(change(10, 110)).not.toHaveProperty('atMost');
    expect(change(10, 60, 0.06)).toBeUndefined();
    expect(change(200, 290)).toBeUndefined();
  });

  it('is not seen in flags that nobody counted', () => {
    const old = JSON.parse(JSON.stringify(encodeNode(bodies(0, {}, { ok: true }))));
    delete old.object.properties[0][1].boolean;
    const now = bodies(100, { ok: false }, {});
    expect(bodyErrors(decodeNode(old), now, support)).toEqual([]);
    expect(bodyErrors(now, now, support)).toEqual([]);
  });

  it('names the calls that tell of it, and is one finding', () => {
    const { findings } = compareBodies(
      'response',
      () => ({ success: true }),
      (i) => ({ success: i % 3 > 0 }),
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      rule: 'error.new-code',
      category: 'new-error',
      severity: 'breaking',
      path: 'response 200 /success',
    });
    const calls = findings[0]?.evidence.filter(({ side }) => side === 'candidate') ?? [];
    expect(calls).not.toEqual([]);
    for (const { callId } of calls) expect(Number(callId.slice(1)) % 3).toBe(0);
  });

  it('is nothing in a request', () => {
    const ask = (success: boolean) => () => ({ success });
    const { told: asked } = compareBodies('request', ask(true), (i) => ask(i % 3 > 0)());
    expect(asked).toEqual([]);
  });
});

describe('a code of errors', () => {
  const change = (given: Partial<Change>): Change => ({
    rule: 'schema.enum-value-added',
    pointer: '/errors/*/code',
    what: 'is new',
    base: { some: 0, all: 50 },
    cand: { some: 50, all: 50 },
    weight: 'decided',
    baseExamples: [],
    candExamples: [],
    ...given,
  });

  it('that was never seen is told, however deep, as it was', () => {
    expect(newErrorCode(change({}))).toEqual({ ...change({}), rule: 'error.new-code' });
    expect(newErrorCode(change({ pointer: '/items/*/code' }))).toBeUndefined();
    expect(newErrorCode(change({ pointer: '/errorful' }))).toBeUndefined();
    expect(newErrorCode(change({ rule: 'schema.field-removed' }))).toBeUndefined();
  });

  it('is as rare as its errors are among all answers, most of which tell of none', () => {
    const answer = (code?: string) => (code ? { data: null, errors: [{ code }] } : { data: 1 });
    const usual = (i: number) => answer(i % 20 === 0 ? 'NOT_FOUND' : undefined);
    const of = (some: number) =>
      compareBodies('response', usual, (i) => (i < some ? answer('INTERNAL') : usual(i)), {
        count: [200, 200],
      }).findings.filter(({ rule }) => rule === 'error.new-code');
    expect(of(3)).toMatchObject([{ severity: 'info' }]);
    expect(of(20)).toMatchObject([
      { severity: 'breaking', path: 'response 200 /errors/*/code', samples: { baseline: 200 } },
    ]);
  });
});
