import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../../src/profile/schema/decode.ts';
import { decodeForm, decodeQuery } from '../../../src/profile/schema/decode-form.ts';
import { decodeGrpc } from '../../../src/profile/schema/decode-grpc.ts';
import { decodeMultipart } from '../../../src/profile/schema/decode-multipart.ts';
import { decodeProtobuf } from '../../../src/profile/schema/decode-protobuf.ts';
import { decodeSse } from '../../../src/profile/schema/decode-sse.ts';
import { decodeXml } from '../../../src/profile/schema/decode-xml.ts';

const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? 'undefined'));
const MOST = 16 * 1024 * 1024;

describe('a large body', () => {
  const decoded = (text: string, type: string) => {
    const { state, ...rest } = decodeBody({ state: 'whole', text }, type, type);
    return state === 'known' && 'kind' in rest ? [rest.kind, rest.values.length] : state;
  };
  const xml = (length: number) => `<a>${'x'.repeat(length - 7)}</a>`;

  it('is taken apart up to 16 MiB, else it is text', () => {
    expect(decoded(xml(MOST), 'text/xml')).toEqual(['xml', 1]);
    expect(decoded(xml(MOST + 1), 'text/xml')).toEqual(['text', 0]);
    expect(decoded('x'.repeat(MOST + 1), 'text/plain')).toEqual(['text', 0]);
  });

  it('is taken apart in any case where it is JSON', () => {
    expect(decoded(`"${'x'.repeat(MOST)}"`, 'application/json')).toEqual(['json', 1]);
  });
});

it.each(['text/plain', 'text/xml', 'application/json'])(
  'bytes that are no text are no %s',
  (type) => {
    const bytes = Uint8Array.from([0x22, 0xff, 0x22]);
    expect(decodeBody({ state: 'binary', bytes }, type, type)).toEqual({ state: 'invalid' });
  },
);

describe('a form', () => {
  it('ends where its fragment begins', () => {
    expect(plain(decodeQuery('/x?a=1#b=2'))).toEqual({ a: '1' });
    expect(plain(decodeQuery('/x#y?a=1'))).toEqual({ a: '1' });
    expect(plain(decodeQuery('?a=1'))).toEqual({ a: '1' });
    expect(plain(decodeQuery('/x?'))).toEqual({});
  });

  it('keeps all values of a name that is repeated, the first apart', () => {
    expect(plain(decodeForm('a=1&a=2&b=1&a=3&b=2'))).toEqual({
      a: '1',
      'a[]': ['2', '3'],
      b: '1',
      'b[]': ['2'],
    });
    expect(plain(decodeForm('a[]=1&a=2&a=3'))).toEqual({ 'a[]': ['3'], a: '2' });
  });
});

describe('a body of several parts', () => {
  const part = (head: string) => `--b\r\n${head}\r\n\r\nx\r\n`;
  const named = (name: string) => part(`Content-Disposition: form-data; ${name}`);
  const parts = (text: string, type = 'multipart/form-data; boundary=b') =>
    plain(decodeMultipart(text, type)?.[0]);

  it.each([
    'multipart/form-data; boundary="b"; charset=utf-8',
    'multipart/form-data;boundary=b',
    'multipart/form-data; charset=utf-8; BOUNDARY=b;',
  ])('is cut at the boundary of %s', (type) => {
    expect(parts(named('name="x"'), type)).toEqual({ x: { file: false } });
    expect(parts(`preamble\r\n${named('name="x"')}`, type)).toEqual({ x: { file: false } });
  });

  it('is cut at the line it begins with where no boundary is named', () => {
    expect(parts(named('name=x'), 'multipart/form-data')).toEqual({ x: { file: false } });
    expect(parts(`a ${named('name=x')}`, 'multipart/form-data')).toBe('undefined');
    expect(parts(`a\r\n--undefined\r\n${named('name=x')}`, 'multipart/form-data')).toBe(
      'undefined',
    );
  });

  it('has the names of its parts as they are, and none of the others', () => {
    expect(parts(named('name="a b"; x=y') + named('NAME=c;x'))).toEqual({
      'a b': { file: false },
      c: { file: false },
    });
    expect(parts(named('filename="f"') + named('x'))).toEqual({});
    expect(parts(named(`name="${'n'.repeat(256)}"`))).toEqual({
      ['n'.repeat(256)]: { file: false },
    });
    expect(parts(part('X: y\r\ncontent-disposition: form-data; name=z'))).toEqual({
      z: { file: false },
    });
  });

  it('has the types of its parts, without parameters', () => {
    const typed = (type: string) =>
      parts(part(`Content-Disposition: form-data; name=f; filename=x\r\nContent-Type:${type}`)).f;
    expect(typed(' Image/svg+XML; charset=x')).toEqual({
      file: true,
      'content-type': 'image/svg+xml',
    });
    expect(typed('text/plain')).toEqual({ file: true, 'content-type': 'text/plain' });
    expect(typed('nonsense')).toEqual({ file: true });
    expect(typed('\r\nX-Content-Type: a/b')).toEqual({ file: true });
  });

  it('is bounded in parts and in what heads them', () => {
    const many = Array.from({ length: 1010 }, (_, i) => named(`name=p${i}`)).join('');
    expect(Object.keys(parts(many))).toHaveLength(999);
    const far = (length: number) =>
      parts(part(`X: ${'y'.repeat(length)}\r\ncontent-disposition: form-data; name=z`));
    expect(far(8000)).toEqual({ z: { file: false } });
    expect(far(8192)).toEqual({});
  });
});

describe('events', () => {
  it('are parted by empty lines of any kind, and their lines too', () => {
    expect(decodeSse('data: 1\r\n\r\ndata: 2\r\rdata: 3\n\ndata: a\rdata: b\ndata: c')).toEqual([
      { event: 'message', data: 1 },
      { event: 'message', data: 2 },
      { event: 'message', data: 3 },
      { event: 'message', data: 'a\nb\nc' },
    ]);
  });

  it('are none without data, and comments say nothing', () => {
    expect(decodeSse('event: x\nid: 1')).toEqual([]);
    expect(decodeSse(': data: 1')).toEqual([]);
    expect(decodeSse('')).toEqual([]);
    expect(decodeSse('data:a b')).toEqual([{ event: 'message', data: 'a b' }]);
    expect(decodeSse('event: x\ndata:\ndata: y:z')).toEqual([{ event: 'x', data: '\ny:z' }]);
  });
});

describe('XML', () => {
  const xml = (text: string) => plain(decodeXml(text)?.[0]);

  it.each(['</>', '<a></ax', '<a/></>', 'x</a>', '<a b="1"', '<a/ >', '<a><b></a></b>', '<a/><b>'])(
    '%s is none',
    (text) => {
      expect(decodeXml(text)).toBeUndefined();
    },
  );

  it('is read to its end, whatever lies around the root', () => {
    expect(xml(' x <a/> y')).toEqual({ a: '' });
    expect(xml('<a/><!-- x')).toEqual({ a: '' });
    expect(xml('<a/><?x')).toEqual({ a: '' });
    expect(xml('<a/\n>')).toBe('undefined');
    expect(xml('<a\n/>')).toEqual({ a: '' });
    expect(xml('<a><![CDATA[ x > y ]]></a>')).toEqual({ a: 'x > y' });
    expect(xml('<a><!-- <b> -- > --><b/></a>')).toEqual({ a: { b: [''] } });
  });

  it('is bounded in names', () => {
    const name = 'n'.repeat(128);
    expect(xml(`<${name}/>`)).toEqual({ [name]: '' });
    expect(xml(`<${name}n/>`)).toBe('undefined');
    expect(xml(`<a ${name}="1"/>`)).toEqual({ a: { [`@${name}`]: '1' } });
  });

  it('is bounded in elements', () => {
    const elements = (count: number) => decodeXml(`<a>${'<b/>'.repeat(count - 1)}</a>`);
    expect(elements(100_000)).toBeDefined();
    expect(elements(100_001)).toBeUndefined();
  });
});

describe('protobuf', () => {
  const read = (...bytes: number[]) => plain(decodeProtobuf(Uint8Array.from(bytes)));

  it('has fields from 1 to 2^29 - 1', () => {
    expect(read(0xf8, 0xff, 0xff, 0xff, 0x0f, 1)).toEqual({ '#536870911': [1] });
    expect(read(0x80, 0x80, 0x80, 0x80, 0x10, 1)).toBe('undefined');
    expect(read(0x08, 7)).toEqual({ '#1': [7] });
    expect(read(0x07, 7)).toBe('undefined');
    for (const wire of [3, 4, 6, 7]) expect(read(8 + wire, 1, 0x41)).toBe('undefined');
  });

  it('takes what reads as text for text', () => {
    expect(read(0x0a, 3, 9, 10, 13)).toEqual({ '#1': ['\t\n\r'] });
    expect(read(0x0a, 1, 0x20)).toEqual({ '#1': [' '] });
    expect(read(0x0a, 2, 0x41, 0x1f)).toEqual({ '#1': ['(bytes)'] });
    expect(read(0x0a, 2, 0x41, 0x0b)).toEqual({ '#1': ['(bytes)'] });
    expect(read(0x0a, 2, 0xc3, 0xa4)).toEqual({ '#1': ['ä'] });
  });

  it('is bounded in fields and in nesting', () => {
    const many = Uint8Array.from(Array(10_001).fill([0x08, 1]).flat());
    expect(decodeProtobuf(many)?.['#1']).toHaveLength(10_000);
    const nested = (depth: number) => {
      let bytes = [0x08, 0x01];
      for (let i = 0; i < depth; i++) bytes = [0x0a, bytes.length, ...bytes];
      return JSON.stringify(read(...bytes));
    };
    expect(nested(16)).toContain('[1]');
    expect(nested(17)).toContain('["(bytes)"]');
  });

  it('of gRPC is bounded in messages', () => {
    const frames = (count: number) => decodeGrpc(new Uint8Array(5 * count));
    expect(frames(2)).toHaveLength(2);
    expect(frames(10_001)).toHaveLength(10_000);
    expect(decodeGrpc(Uint8Array.from([0, 0, 0, 0]))).toBeUndefined();
    expect(decodeGrpc(Uint8Array.from([0, 0, 0, 0, 1, 0x08]))).toBeUndefined();
    const inside = Uint8Array.from([9, 0, 0, 0, 0, 0, 9]).subarray(1, 6);
    expect(decodeGrpc(inside)).toHaveLength(1);
  });
});
