import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBody } from '../../src/calls/body.ts';

const plain = { headers: new Map<string, string>(), size: undefined };
const withHeaders = (headers: Record<string, string>, size?: number) => ({
  headers: new Map(Object.entries(headers)),
  size,
});

describe('a body that is not there', () => {
  test.each([[null], [undefined], ['']])('%j is absent', (value) => {
    expect(parseBody(value, plain)).toEqual({ state: 'absent' });
  });

  test('is cut when a header tells of one', () => {
    expect(parseBody('', withHeaders({ 'content-length': '12' }))).toEqual({
      state: 'cut',
      text: '',
    });
  });

  test('is absent where none can be, as in an answer to HEAD', () => {
    const context = { ...withHeaders({ 'content-length': '12' }), bodiless: true };
    expect(parseBody('', context)).toEqual({ state: 'absent' });
  });
});

describe('a cut body', () => {
  test.each(['{"a":1', '{"a":{"b":1}', '[1,2', '{"a":"}', '{"a":"\\"}', '{"a":"x\\\\'])(
    '%s ends early',
    (text) => {
      expect(parseBody(text, plain)).toEqual({ state: 'cut', text });
    },
  );

  test('every proper beginning of a JSON object is cut, and the whole is whole', () => {
    const anyObject = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 });
    fc.assert(
      fc.property(anyObject, fc.double({ min: 0, max: 1, noNaN: true }), (object, share) => {
        const text = JSON.stringify(object).replaceAll('[redacted]', '');
        const beginning = text.slice(0, 1 + Math.floor(share * (text.length - 2)));
        expect(parseBody(text, plain).state).toBe('whole');
        expect(parseBody(beginning, plain).state).toBe('cut');
      }),
    );
  });

  test('is shorter than its content-length, in bytes', () => {
    expect(parseBody('abc', withHeaders({ 'content-length': '4' })).state).toBe('cut');
    expect(parseBody('äö', withHeaders({ 'content-length': '4' })).state).toBe('whole');
    expect(parseBody('äö', withHeaders({ 'content-length': '5' })).state).toBe('cut');
  });

  test('is not told by the length of compressed bytes', () => {
    const context = withHeaders({ 'content-length': '400', 'content-encoding': 'gzip' }, 400);
    expect(parseBody('short', context).state).toBe('whole');
  });

  test('is far shorter than the size told, which may count the headers', () => {
    expect(parseBody('<html>', withHeaders({ server: 'x' }, 300)).state).toBe('whole');
    expect(parseBody('<html>', withHeaders({ server: 'x' }, 3000)).state).toBe('cut');
  });

  test('is said to be cut', () => {
    const hint = { encoding: 'utf8', content: 'abc', truncated: true };
    expect(parseBody(hint, plain)).toEqual({ state: 'cut', text: 'abc' });
  });
});

test('a body redacted in part is unknown', () => {
  const text = '{"card":"[redacted]","id":1}';
  expect(parseBody(text, plain)).toEqual({ state: 'redacted', text });
});

describe('binary', () => {
  const bytes = Buffer.from([0, 0, 0, 0, 3, 10, 1, 0xff]);

  test('hinted base64', () => {
    const body = parseBody({ encoding: 'base64', content: bytes.toString('base64') }, plain);
    expect(body).toEqual({ state: 'binary', bytes });
  });

  test('hinted base64 of text is text', () => {
    const data = Buffer.from('{"a":1}').toString('base64');
    expect(parseBody({ encoding: 'base64', data }, plain)).toEqual({
      state: 'whole',
      text: '{"a":1}',
    });
  });

  test.each([
    ['a gRPC message', bytes.toString('base64'), {}],
    ['a PNG', Buffer.from('89504e470d0a1a0a0000', 'hex').toString('base64'), {}],
    [
      'by content type',
      Buffer.from([9, 8, 0, 200, 1, 2]).toString('base64'),
      { 'content-type': 'application/protobuf' },
    ],
  ])('unhinted base64: %s', (_, text, headers) => {
    expect(parseBody(text, withHeaders(headers)).state).toBe('binary');
  });

  test('base64 of JSON under a JSON content type is that JSON', () => {
    const text = Buffer.from('{"a":1}').toString('base64');
    const context = withHeaders({ 'content-type': 'application/json; charset=utf-8' });
    expect(parseBody(text, context)).toEqual({ state: 'whole', text: '{"a":1}' });
  });

  test.each(['deadbeefdeadbeef', 'password', 'dGhlIHdvcmRz'])('%s stays text', (text) => {
    expect(parseBody(text, plain)).toEqual({ state: 'whole', text });
  });

  test('bytes as characters', () => {
    expect(parseBody('\0\0\0\0\x03\n\x01ÿ', plain)).toEqual({ state: 'binary', bytes });
    expect(parseBody('\ufffd\ufffd', plain).state).toBe('binary');
  });

  test('cut binary is unknown', () => {
    const context = withHeaders({ 'content-length': '100', 'content-type': 'image/png' });
    expect(parseBody(bytes.toString('base64'), context)).toEqual({ state: 'cut', text: '' });
  });
});

describe('a body parsed already', () => {
  test('an array of a Redis command', () => {
    expect(parseBody(['SET', 'k', 'v'], plain)).toEqual({
      state: 'whole',
      text: '["SET","k","v"]',
    });
  });

  test('an object that only happens to have an encoding', () => {
    const object = { encoding: 'utf8', content: 'x', author: 'y' };
    expect(parseBody(object, plain)).toEqual({ state: 'whole', text: JSON.stringify(object) });
  });
});
