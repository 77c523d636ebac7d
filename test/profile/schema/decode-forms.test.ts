import { describe, expect, it } from 'vitest';
import { decodeBody, kindOfType } from '../../../src/profile/schema/decode.ts';
import { decodeForm } from '../../../src/profile/schema/decode-form.ts';
import { decodeMultipart } from '../../../src/profile/schema/decode-multipart.ts';
import { decodeProtobuf } from '../../../src/profile/schema/decode-protobuf.ts';
import { decodeSse } from '../../../src/profile/schema/decode-sse.ts';
import { decodeXml } from '../../../src/profile/schema/decode-xml.ts';

const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? 'undefined'));

describe('bodies', () => {
  it.each([
    ['', undefined],
    ['application/json', 'json'],
    ['text/json', 'json'],
    ['application/ld+json', 'json'],
    ['application/x-ndjson', 'ndjson'],
    ['application/jsonl', 'ndjson'],
    ['application/json-lines', 'ndjson'],
    ['application/x-jsonp', undefined],
    ['application/ndjsonx', undefined],
    ['x-application/jsonl', undefined],
    ['application/stream+json', 'json'],
    ['text/event-stream', 'sse'],
    ['application/x-www-form-urlencoded', 'form'],
    ['multipart/mixed', 'multipart'],
    ['application/xml', 'xml'],
    ['text/xml', 'xml'],
    ['image/svg+xml', 'xml'],
    ['application/grpc', 'grpc'],
    ['application/grpc+proto', 'grpc'],
    ['application/grpc+json', 'json'],
    ['application/protobuf', 'protobuf'],
    ['application/vnd.google.protobuf', 'protobuf'],
    ['application/protobuf2', undefined],
    ['text/css', 'text'],
    ['image/png', 'binary'],
    ['font/woff', 'binary'],
    ['application/octet-stream', 'binary'],
    ['x-image/png', undefined],
  ])('of type %j are %s', (type, kind) => {
    expect(kindOfType(type)).toBe(kind);
  });

  it('are looked at where their type says nothing of text', () => {
    const decode = (text: string, type = '') => {
      const decoded = decodeBody({ state: 'whole', text }, type, type);
      return decoded.state === 'known' ? decoded.kind : decoded.state;
    };
    expect(decode('{"a":1}\n{"a":2}')).toBe('ndjson');
    expect(decode(' <?xml version="1.0"?><a/>')).toBe('xml');
    expect(decode('<a/>')).toBe('text');
    expect(decode('<a> <?xml ?></a>')).toBe('text');
    expect(decode('x <?xml ?>')).toBe('text');
    expect(decode('7', 'application/octet-stream')).toBe('unknown');
    expect(decode('x', 'application/grpc')).toBe('unknown');
    expect(decode('{"a":1}', 'application/protobuf')).toBe('json');
    expect(decode('   ')).toBe('text');
    const bytes = new TextEncoder().encode('{"a":1}');
    const kind = (type: string) => plain(decodeBody({ state: 'binary', bytes }, type, type)).kind;
    expect([kind('application/json'), kind('text/plain'), kind(''), kind('image/png')]).toEqual([
      'json',
      'json',
      'binary',
      'binary',
    ]);
    const none = { state: 'binary', bytes: new Uint8Array() } as const;
    expect(decodeBody(none, 'image/png', '')).toEqual({ state: 'absent' });
    expect(decodeBody({ state: 'unseen', text: '' }, '', '')).toEqual({ state: 'unseen' });
  });

  it('of forms are bounded', () => {
    const form = decodeForm(Array.from({ length: 10_002 }, (_, i) => `a${i}=1`).join('&'));
    expect(Object.keys(form)).toHaveLength(10_000);
    expect(plain(decodeForm('a=1&a=2&a=3'))).toEqual({ a: '1', 'a[]': ['2', '3'] });
  });

  it('of several parts', () => {
    const body = (lines: string[], end = '\r\n') => lines.join(end);
    const part = ['--b', 'content-disposition: form-data; name=a', '', 'x'];
    const parsed = { a: { file: false } };
    expect(plain(decodeMultipart(body([...part, '--b--']), 'multipart/x; Boundary="b"'))).toEqual([
      parsed,
    ]);
    expect(plain(decodeMultipart(body(part, '\n'), 'multipart/form-data'))).toEqual([parsed]);
    expect(plain(decodeMultipart(` ${body(part)}`, ''))).toEqual([parsed]);
    expect(decodeMultipart('x', 'multipart/x')).toBeUndefined();
    expect(decodeMultipart('x', 'multipart/x; boundary=b')).toBeUndefined();
    expect(
      plain(decodeMultipart(body(['--b', 'x: y; name=a', '', 'x']), 'multipart/x; boundary=b')),
    ).toEqual([{}]);
    const after = body(['--b--', ...part]);
    expect(plain(decodeMultipart(after, 'multipart/x; boundary=b'))).toEqual([{}]);
    const file = body([
      '--b',
      'Content-Disposition: form-data; name="f"; filename*=x',
      'Content-Type: Image/PNG; x',
      '',
      '',
    ]);
    expect(plain(decodeMultipart(file, 'multipart/x; boundary=b'))).toEqual([
      { f: { file: true, 'content-type': 'image/png' } },
    ]);
  });

  it('of events', () => {
    expect(decodeSse('data:1\n\ndata\n\nevent: e\n\nfoo: x\ndata:  {\r\rid: 3\rdata: "a"')).toEqual(
      [
        { event: 'message', data: 1 },
        { event: 'message', data: '' },
        { event: 'message', data: ' {' },
        { event: 'message', id: '3', data: 'a' },
      ],
    );
    expect(decodeSse('data: 1\n\n'.repeat(10_002))).toHaveLength(10_000);
  });

  it('of XML', () => {
    const xml = (text: string) => plain(decodeXml(text)?.[0]);
    expect(xml("<a x='1' y=\"2\" z = ''/>")).toEqual({ a: { '@x': '1', '@y': '2', '@z': '' } });
    expect(xml('<a> t <?p <b> ?> u <!-- <c> --></a>')).toEqual({ a: 't  u' });
    expect(xml('<!DOCTYPE a><a ></a >')).toEqual({ a: '' });
    expect(xml('<a><![CDATA[x]]>y</a>')).toEqual({ a: 'xy' });
    expect(xml('<a><b/><b>1</b>t</a>')).toEqual({ a: { b: ['', '1'] } });
    const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    expect(decodeXml(nested(64))).toBeDefined();
    expect(decodeXml(nested(65))).toBeUndefined();
    for (const broken of [
      '',
      'x',
      '<a>',
      '</a>',
      '<a></a',
      '<a x></a>',
      '<a x=1></a>',
      '<>',
      '< a/>',
      '<a/><b/>',
      '<a></b>',
      '<!-- x',
    ]) {
      expect(decodeXml(broken), broken).toBeUndefined();
    }
  });

  it('of protobuf', () => {
    const read = (...bytes: number[]) => plain(decodeProtobuf(Uint8Array.from(bytes)));
    expect(read()).toEqual({});
    expect(read(0x09, 1, 2, 3, 4, 5, 6, 7, 8, 0x15, 1, 2, 3, 4)).toEqual({
      '#1': [0.5],
      '#2': [0.5],
    });
    expect(read(0x0a, 0)).toEqual({ '#1': [''] });
    expect(read(0x0a, 2, 0x09, 0x41)).toEqual({ '#1': ['\tA'] });
    expect(read(0x0a, 2, 0x08, 0x01)).toEqual({ '#1': [{ '#1': [1] }] });
    expect(read(0x0a, 2, 0xff, 0xff)).toEqual({ '#1': ['(bytes)'] });
    expect(read(0x80, 0x01, 0x05)).toEqual({ '#16': [5] });
    for (const broken of [
      [0x00, 1],
      [0x07, 1],
      [0x0b],
      [0x0c],
      [0x0d, 1],
      [0x09, 1],
      [0x0a, 3, 1],
      [0x08],
      [0x08, 0x80],
      [0x08, ...Array(10).fill(0x80), 1],
    ]) {
      expect(read(...broken), broken.join()).toBe('undefined');
    }
    expect(read(0x08, ...Array(9).fill(0x80), 1)).toEqual({ '#1': [2 ** 63] });
  });
});
