import { describe, expect, it } from 'vitest';
import type { Body } from '../../../src/calls/call.ts';
import { decodeBody } from '../../../src/profile/schema/decode.ts';
import { decodeQuery } from '../../../src/profile/schema/decode-form.ts';
import { observed } from './make.ts';

const whole = (text: string): Body => ({ state: 'whole', text });
const binary = (...bytes: number[]): Body => ({ state: 'binary', bytes: Uint8Array.from(bytes) });
const decode = (body: Body, type = '', header = type) => {
  const decoded = decodeBody(body, type, header);
  return decoded.state === 'known' ? [decoded.kind, ...decoded.values] : decoded.state;
};
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

describe('decodeBody', () => {
  it('reads JSON by its type, and by its look where nothing or only text is said', () => {
    expect(decode(whole('{"a":1}'), 'application/json')).toEqual(['json', { a: 1 }]);
    expect(decode(whole('974.52'), 'application/json')).toEqual(['json', 974.52]);
    expect(decode(whole('{"a":1}'), 'application/problem+json')).toEqual(['json', { a: 1 }]);
    expect(decode(whole('{"a":1}'), 'text/plain')).toEqual(['json', { a: 1 }]);
    expect(decode(whole(' [1]'))).toEqual(['json', [1]]);
    expect(decode(whole('"FixedValue"'), 'text/plain')).toEqual(['json', 'FixedValue']);
  });

  it('keeps the last of duplicate names, as every parser here', () => {
    expect(decode(whole('{"a":1,"a":"x"}'))).toEqual(['json', { a: 'x' }]);
  });

  it('takes big integers as integers', () => {
    const node = observed([JSON.parse('12345678901234567890')]);
    expect(node.count('integer')).toBe(1);
  });

  it('does not judge what is missing, cut, redacted or malformed', () => {
    expect(decode({ state: 'absent' })).toBe('absent');
    expect(decode(whole(''))).toBe('absent');
    expect(decode({ state: 'cut', text: '{"a":' }, 'application/json')).toBe('unknown');
    expect(decode({ state: 'redacted', text: '{"a":[redacted]}' })).toBe('unknown');
    expect(decode(whole('<html>'), 'application/json')).toBe('invalid');
    expect(decode(binary(0xff, 0xfe), 'application/json')).toBe('invalid');
  });

  it('reads NDJSON, also where it calls itself JSON', () => {
    const lines = '{"a":1}\n\n{"a":2}\n';
    expect(decode(whole(lines), 'application/x-ndjson')).toEqual(['ndjson', { a: 1 }, { a: 2 }]);
    expect(decode(whole(lines), 'application/json')).toEqual(['ndjson', { a: 1 }, { a: 2 }]);
    expect(decode(whole('{"a":1}\n{"a'), 'application/x-ndjson')).toBe('invalid');
  });

  it('reads server-sent events', () => {
    const text = ': hi\n\nevent: price\ndata: {"p":1}\nid: 7\n\ndata: a\ndata: b\r\n\r\n';
    expect(decode(whole(text), 'text/event-stream')).toEqual([
      'sse',
      { event: 'price', id: '7', data: { p: 1 } },
      { event: 'message', data: 'a\nb' },
    ]);
  });

  it('reads forms and queries, repeated and hostile names too', () => {
    const [kind, form] = decode(
      whole('a=1&b=x%20y&a=2&__proto__=p'),
      'application/x-www-form-urlencoded',
    ) as [string, object];
    expect(kind).toBe('form');
    expect(Object.entries(form)).toEqual([
      ['a', '1'],
      ['b', 'x y'],
      ['a[]', ['2']],
      ['__proto__', 'p'],
    ]);
    expect(plain(decodeQuery('/x?page=2#top'))).toEqual({ page: '2' });
    expect(plain(decodeQuery('/x'))).toEqual({});
  });

  it('reads the names of multipart parts, not their contents', () => {
    const text = [
      '--b',
      'Content-Disposition: form-data; name="title"',
      '',
      'secret',
      '--b',
      'Content-Disposition: form-data; name="file"; filename="a.png"',
      'Content-Type: image/png',
      '',
      'data',
      '--b--',
      '',
    ].join('\r\n');
    const header = 'multipart/form-data; boundary=b';
    expect(plain(decode(whole(text), 'multipart/form-data', header))).toEqual([
      'multipart',
      { title: { file: false }, file: { file: true, 'content-type': 'image/png' } },
    ]);
  });

  it('reads XML without resolving anything', () => {
    const text = `<?xml version="1.0"?><!DOCTYPE a><order id="7"><!-- x --><line><sku>a</sku></line>
      <line><sku><![CDATA[<b>]]></sku></line><empty/></order>`;
    expect(plain(decode(whole(text), 'application/xml'))).toEqual([
      'xml',
      { order: { '@id': '7', line: [{ sku: ['a'] }, { sku: ['<b>'] }], empty: [''] } },
    ]);
    for (const broken of ['<a><b></a>', '<a>', 'text', '<a></a><b></b>', '<a'.repeat(50_000)]) {
      expect(decode(whole(broken), 'text/xml')).toBe('invalid');
    }
  });

  it('reads protobuf by field numbers and wire types', () => {
    // 1: varint 150, 2: "testing", 3: message {1: 1}, 4: fixed32, 1 again
    const bytes = [
      0x08, 0x96, 0x01, 0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67, 0x1a, 0x02, 0x08,
      0x01, 0x25, 0, 0, 0, 0, 0x08, 0x01,
    ];
    expect(plain(decode(binary(...bytes), 'application/x-protobuf'))).toEqual([
      'protobuf',
      { '#1': [150, 1], '#2': ['testing'], '#3': [{ '#1': [1] }], '#4': [0.5] },
    ]);
    expect(decode(binary(0x08), 'application/protobuf')).toBe('invalid');
  });

  it('takes gRPC messages out of their frames', () => {
    const body = binary(0, 0, 0, 0, 2, 0x08, 0x01, 0, 0, 0, 0, 0);
    expect(plain(decode(body, 'application/grpc'))).toEqual(['grpc', { '#1': [1] }, {}]);
    expect(decode(binary(1, 0, 0, 0, 0), 'application/grpc+proto')).toBe('invalid');
    expect(decode(binary(0, 0, 0, 0, 9, 1), 'application/grpc')).toBe('invalid');
  });

  it('leaves other text and bytes alone', () => {
    expect(decode(whole('OK'), 'text/plain')).toEqual(['text', 'OK']);
    expect(decode(whole('{not json'))).toEqual(['text', '{not json']);
    expect(decode(binary(1, 2, 3), 'image/png')).toEqual(['binary']);
  });
});
