import { describe, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { endingOf } from '../../src/compare/ending.ts';
import { call, json } from '../support/calls.ts';

const answered = (body: unknown, more: Partial<Call> = {}) =>
  endingOf(call({ responseBody: json(body), ...more }));

it.each([
  ['503', 10, 'failed'],
  ['404', 10, 'rejected'],
  ['200', 10, 'fine'],
  ['304', 10, 'fine'],
  [undefined, 10, 'fine'],
  [undefined, undefined, 'unanswered'],
] as const)('ends as its status says: %s after %s ms', (status, latency, ending) => {
  expect(endingOf(call({ status, latency }))).toBe(ending);
});

describe('an answer whose status is no error', () => {
  it.each([
    { data: null, errors: [{ message: 'boom' }] },
    { errors: { name: ['is taken'] } },
    { jsonrpc: '2.0', id: 7, error: { code: -32603, message: 'boom' } },
    { jsonrpc: '2.0', id: 7, result: { content: [], isError: true } },
    { ok: false, error: 'channel_not_found' },
    { success: false, message: 'wrong password' },
    { errcode: 40001, errmsg: 'invalid credential' },
    { took: 30, errors: true, items: [] },
    { meta: { success: false }, data: null },
    { error: 'out of stock' },
    { error: 'invalid_grant', error_description: 'expired' },
    { status: 'error', message: 'no such user' },
    { status: 'fail', data: { title: 'is required' } },
  ])('tells of an error: %j', (body) => {
    expect(answered(body)).toBe('told');
    expect(answered(body, { status: '500' })).toBe('failed');
    expect(answered(body, { status: '422' })).toBe('rejected');
    expect(answered({ deep: { in: body } })).toBe('fine');
  });

  it.each([
    { data: {}, errors: [] },
    { data: {}, errors: null },
    { jsonrpc: '2.0', id: 7, result: { state: 'failed' }, error: null },
    { ok: true, error: '' },
    { success: true, errors: {} },
    { errcode: 0, errno: 0, error: false },
    { id: 7, status: 'failed', error: 'disk full' },
    { id: 7, status: 'error', message: 'disk full' },
    { status: 'failed' },
    { failed: 3, errors: 2, passed: 40 },
    { id: 7, failed: true },
    [{ errors: ['of an item'] }],
    'an "error": "of text"',
    7,
  ])('tells of none: %j', (body) => {
    expect(answered(body)).toBe('fine');
  });

  it('is read as what it is, and not at all where it is no answer or not known', () => {
    const body = { success: false };
    const event = `event: message\ndata: {"jsonrpc":"2.0","error":{"code":1}}\n\n`;
    expect(
      endingOf(
        call({
          responseHeaders: new Map([['content-type', 'text/event-stream']]),
          responseBody: { state: 'whole', text: event },
        }),
      ),
    ).toBe('told');
    const text = JSON.stringify(body);
    expect(answered(body, { protocol: 'redis', method: 'GET' })).toBe('fine');
    expect(endingOf(call({ responseBody: { state: 'cut', text } }))).toBe('fine');
    expect(endingOf(call({ responseBody: { state: 'whole', text: `${text}}` } }))).toBe('fine');
    expect(endingOf(call({ requestBody: json(body) }))).toBe('fine');
  });
});
