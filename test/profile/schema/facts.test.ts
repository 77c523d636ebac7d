import { describe, expect, it } from 'vitest';
import { decodeBody, kindOfType } from '../../../src/profile/schema/decode.ts';
import { decodeForm } from '../../../src/profile/schema/decode-form.ts';
import { decodeMultipart } from '../../../src/profile/schema/decode-multipart.ts';
import { decodeProtobuf } from '../../../src/profile/schema/decode-protobuf.ts';
import { decodeSse } from '../../../src/profile/schema/decode-sse.ts';
import { decodeXml } from '../../../src/profile/schema/decode-xml.ts';
import { EnumValues } from '../../../src/profile/schema/enum-values.ts';
import { FormatSample } from '../../../src/profile/schema/format-sample.ts';
import { Histogram } from '../../../src/profile/schema/histogram.ts';
import { keyInfo } from '../../../src/profile/schema/key-info.ts';
import { renderSchema } from '../../../src/profile/schema/render.ts';
import { observed } from './make.ts';

const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? 'undefined'));

describe('magnitudes', () => {
  const rangeOf = (...values: number[]) => {
    const histogram = new Histogram();
    for (const value of values) histogram.add(value);
    return histogram.range();
  };

  it.each([
    [[0.5, 0], 0, 1],
    [[1], 1, 2],
    [[-5], 4, 8],
    [[2 ** 31], 2 ** 31, 2 ** 32],
    [[2 ** 32 - 1], 2 ** 31, 2 ** 32],
    [[2 ** 32], 2 ** 32, 2 ** 33],
    [[2 ** 33], 2 ** 33, 2 ** 34],
    [[2 ** 63], 2 ** 63, 2 ** 64],
    [[2 ** 64], 2 ** 64, Number.POSITIVE_INFINITY],
    [[1, 100], 1, 128],
  ])('of %j lie from %d below %d', (values, low, high) => {
    expect(rangeOf(...values)).toEqual({ low, high });
  });

  it('lie within a range or not', () => {
    const histogram = new Histogram();
    expect(histogram.range()).toBeUndefined();
    expect(histogram.within(0, 8)).toBe(false);
    histogram.add(3, 2);
    histogram.add(5);
    expect(histogram.within(2, 8)).toBe(true);
    expect(histogram.within(4, 8)).toBe(false);
    expect(histogram.within(2, 4)).toBe(false);
    const sum = new Histogram();
    sum.merge(histogram);
    sum.merge(histogram);
    expect(sum.toJSON()).toEqual([
      [2, 4],
      [3, 2],
    ]);
    expect(() => Histogram.fromJSON([[66, 1]])).toThrow(RangeError);
    expect(() => Histogram.fromJSON([[1, 0]])).toThrow(RangeError);
    expect(Histogram.fromJSON([[65, 1]]).toJSON()).toEqual([[65, 1]]);
  });
});

describe('members of an enumeration', () => {
  const valuesOf = (...given: string[]) => {
    const values = new EnumValues();
    for (const one of given) values.add(one);
    return values;
  };

  it('are counted, up to 24', () => {
    const letters = Array.from({ length: 24 }, (_, i) => `w${String.fromCharCode(97 + i)}`);
    expect(valuesOf('b', 'a', 'b').entries()).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect(valuesOf(...letters).entries()).toHaveLength(24);
    const open = valuesOf(...letters, 'x');
    expect([open.open, open.entries(), open.toJSON()]).toEqual([true, [], null]);
    open.add('a');
    expect(open.open).toBe(true);
    const both = valuesOf('a');
    both.merge(valuesOf('a', 'c'));
    expect(both.toJSON()).toEqual([
      ['a', 2],
      ['c', 1],
    ]);
    both.merge(open);
    expect(both.open).toBe(true);
    open.merge(valuesOf('a'));
    expect(open.open).toBe(true);
  });

  it('are none once a value is no word', () => {
    expect(valuesOf('a', '12').open).toBe(true);
    expect(() => EnumValues.fromJSON([['1 2', 1]])).toThrow(RangeError);
  });
});

describe('a sample of formats', () => {
  it('keeps 64 values at most, by their hashes', () => {
    const sample = new FormatSample();
    const hashes = Array.from({ length: 200 }, (_, i) => i + 1);
    let asked = 0;
    for (const hash of hashes) {
      if (!sample.wants(hash)) continue;
      asked++;
      sample.add(hash, hash % 2 ? 3 : 5);
    }
    expect(asked).toBeLessThan(200);
    expect(sample.size).toBe(50);
    expect(sample.having(1)).toBe(50);
    expect(sample.having(5)).toBe(50);
    expect(sample.having(3)).toBe(0);
    expect(sample.shared()).toBe(5);
    expect(sample.wants(4)).toBe(true);
    expect(sample.wants(2)).toBe(false);
    expect(sample.wants(0)).toBe(true);
    expect(new FormatSample().shared()).toBe(0);
    const few = new FormatSample();
    few.add(1, 1);
    few.add(8, 5);
    few.merge(sample);
    expect([few.size, few.having(1)]).toEqual([51, 51]);
    const text = JSON.stringify(few);
    expect(JSON.stringify(FormatSample.fromJSON(JSON.parse(text)))).toBe(text);
  });
});

describe('a name', () => {
  it.each([
    ['userId', undefined],
    ['x-1', undefined],
    ['$ref', undefined],
    ['2026-01-05', '{date}'],
    ['42', '{int}'],
    ['a@example.com', '{email}'],
    ['10.0.0.1', '{ip}'],
    ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', '{uuid}'],
    ['order-123456-x', '{id}'],
    ['x'.repeat(129), '{text}'],
    ['a b', undefined],
    ['you@', '{id}'],
  ])('%s is data: %s', (name, pattern) => {
    expect(keyInfo(name).pattern).toBe(pattern);
    expect(keyInfo(name).pattern).toBe(pattern);
  });

  it.each([
    ['user_type', true],
    ['userState', true],
    ['type_name', false],
    ['typeName', false],
    ['password', false],
    ['status', true],
    ['-', true],
  ])('%s may hold an enumeration: %s', (name, expected) => {
    expect(keyInfo(name).enumerable).toBe(expected);
  });

  it('that tells variants apart has a rank', () => {
    expect(['__typename', '@type', 'state', 'colour'].map((name) => keyInfo(name).rank)).toEqual([
      0,
      1,
      12,
      Number.POSITIVE_INFINITY,
    ]);
  });
});

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

describe('a schema', () => {
  const schema = (...values: unknown[]) => plain(renderSchema(observed(values)));

  it('says of numbers with and without a fraction that they are numbers', () => {
    expect(schema(1, 1.5)).toMatchObject({
      type: 'number',
      'x-wireproof': { types: { integer: 1, number: 1 } },
    });
    expect(schema(1, 'a')).toMatchObject({ type: ['integer', 'string'] });
    expect(schema(1)).not.toHaveProperty('x-wireproof.formats');
  });

  it('has an enumeration from twenty values on that repeat five times', () => {
    const of = (size: number, ...more: unknown[]) =>
      schema(...Array.from({ length: size }, (_, i) => (i % 4 ? 'open' : 'shut')), ...more).enum;
    expect(of(20)).toEqual(['open', 'shut']);
    expect(of(19)).toBeUndefined();
    expect(of(20, null, '')).toEqual(['', 'open', 'shut', null]);
    expect(of(20, 7)).toBeUndefined();
    expect(of(20, '***')).toBeUndefined();
    expect(of(20, 'a', 'b', 'c')).toBeUndefined();
    expect(of(22, 'a', 'b', 'c')).toHaveLength(5);
    expect(schema(...Array(20).fill('2026-01-05')).enum).toBeUndefined();
  });

  it('has a format where every text has it', () => {
    expect(schema('2026-01-05').format).toBe('date');
    expect(schema('2026-01-05', '')).not.toHaveProperty('format');
    expect(schema('2026-01-05', '[redacted]')).not.toHaveProperty('format');
    expect(schema('')['x-wireproof']).toEqual({ count: 1, types: { string: 1 } });
    expect(schema('5')).not.toHaveProperty('format');
  });

  it('has the items of lists, by position where their kinds differ', () => {
    expect(schema([]).items).toBeUndefined();
    expect(schema([1, 2], [3, 4])).toMatchObject({ items: { type: 'integer' } });
    const pairs = schema(['a', 1], ['b', 2]);
    expect(pairs).toMatchObject({
      prefixItems: [{ type: 'string' }, { type: 'integer' }],
      items: false,
      minItems: 2,
    });
    expect(pairs['x-wireproof'].items).toEqual({ shortest: 2, longest: 2 });
    expect(schema(['a', 1], ['b']).items).toMatchObject({ type: ['integer', 'string'] });
  });

  it('has the fields of objects, hostile names among them', () => {
    const hostile = schema(JSON.parse('{"__proto__":1,"a":2}'), JSON.parse('{"__proto__":1}'));
    expect(hostile).toMatchObject({
      properties: { a: { type: 'integer' } },
      patternProperties: { '^__proto__$': { type: 'integer' } },
      required: ['__proto__'],
      additionalProperties: false,
    });
    const empty = schema({});
    expect(empty.additionalProperties).toBe(false);
    for (const keyword of ['properties', 'required', 'patternProperties', 'anyOf']) {
      expect(empty).not.toHaveProperty(keyword);
    }
    expect(schema({ '42': 1, '43': 'x' })).toMatchObject({
      additionalProperties: { type: ['integer', 'string'] },
      'x-wireproof': { names: ['{int}'] },
    });
  });

  it('has variants only where all objects are of one', () => {
    const card = { type: 'card', last: 1 };
    const bank = { type: 'bank', iban: 1 };
    expect(schema(card, bank).anyOf).toEqual([
      { properties: { type: { const: 'bank' } }, required: ['iban'] },
      { properties: { type: { const: 'card' } }, required: ['last'] },
    ]);
    expect(schema(card, bank, { other: 1 }).anyOf).toBeUndefined();
    expect(schema(card, bank, null).anyOf).toBeUndefined();
    expect(schema(card).anyOf).toBeUndefined();
    expect(schema({ type: 'card' }, { type: 'bank' }).anyOf).toBeUndefined();
    expect(schema(card, { kind: 'x' }).anyOf).toBeUndefined();
  });

  it('says where it was not looked at what lies deeper', () => {
    let deep: unknown = { a: 1 };
    for (let i = 0; i < 40; i++) deep = [deep];
    expect(JSON.stringify(schema(deep))).toContain('"capped":true');
    const wide = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [
        `name${'abcdefghijklmnopqrstuvwxyz'[i % 26]}${'abcdefghijklmnopqrstuvwxyz'[Math.floor(i / 26)]}`,
        i,
      ]),
    );
    expect(schema(wide)['x-wireproof'].mapped).toBe(true);
    expect(schema({ a: 1 })['x-wireproof']).toEqual({ count: 1, types: { object: 1 } });
  });
});
