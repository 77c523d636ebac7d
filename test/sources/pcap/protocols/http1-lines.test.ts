import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../../src/sources/pcap/exchange.ts';
import { http1 } from '../../../../src/sources/pcap/protocols/http1.ts';

function heard(asked: readonly string[], answered: readonly string[]): Exchange[] {
  const told: Exchange[] = [];
  const lost = () => {
    throw new Error('lost');
  };
  const talk = http1.open({ call: (call) => told.push(call), orphan: lost, unnamed: lost });
  for (const part of asked) talk.request(Buffer.from(part), 1);
  for (const part of answered) talk.response(Buffer.from(part), 2);
  talk.close(3);
  return told;
}

const bodyOf = ({ responseBody }: Exchange) =>
  typeof responseBody === 'object' ? responseBody.bytes().toString() : responseBody;

const ASKED =
  'POST /typed HTTP/1.0\nHost: shop\nContent-Length: 4\n\na\n\nbGET /next HTTP/1.1\r\n\r\n';
const ANSWERED =
  'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n0\nTrailer: t\n\n\nHTTP/1.1 204 None\r\nA: b\r\n\r\n';

describe('lines that end with LF alone', () => {
  it('are read like others, however they are cut', () => {
    const cut = (text: string, at: readonly number[]) => {
      const ends = [...new Set([...at.map((one) => one % text.length), text.length])];
      ends.sort((a, b) => a - b);
      return ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end));
    };
    fc.assert(
      fc.property(fc.array(fc.nat(200)), fc.array(fc.nat(200)), (one, other) => {
        const [typed, next, ...more] = heard(cut(ASKED, one), cut(ANSWERED, other));
        expect(more).toEqual([]);
        expect(typed).toMatchObject({ method: 'POST', path: '/typed', status: 200 });
        expect(typed?.requestHeaders).toContainEqual(['Host', 'shop']);
        expect(typed?.responseHeaders).toContainEqual(['Trailer', 't']);
        expect(typed && bodyOf(typed)).toBe('abc');
        expect(next).toMatchObject({ path: '/next', status: 204, responseHeaders: [['A', 'b']] });
      }),
    );
  });

  it('count as the bytes that they are', () => {
    const [typed, next] = heard([ASKED], [ANSWERED]);
    const behind = ASKED.indexOf('GET');
    expect([typed?.requestSize, next?.requestSize]).toEqual([behind, ASKED.length - behind]);
    const second = ANSWERED.lastIndexOf('HTTP');
    expect(typed?.responseSize).toBe(second - 1);
    expect(next?.responseSize).toBe(ANSWERED.length - second);
  });
});

describe('a request is recognised', () => {
  it.each([
    'GET / HTTP/1.0\n',
    'GET /cart HTTP/1.1',
    'GET /cart?first=',
    'PATCH http://shop/cart',
    'PURGE /cart HTTP/1.1\r\n',
    'CCM_POST /cart HTTP/1.1\r\n',
    'GET /two words HTTP/1.0\r\n',
    `REPORT /${'x'.repeat(1200)}`,
    `REPORT /${'x'.repeat(3000)} HTTP/1.1\r\n`,
    `REPORT /${'x'.repeat(9000)} HTTP/1.1\r\n`,
  ])('by what came of its line: %j', (begun) => {
    expect(http1.recognise(Buffer.from(begun), false)).toBe('client');
  });

  it.each([
    'GET key\r\n',
    'SELECT 1',
    'REPORT /x',
    'PRI * HTTP/2.0\r\n',
    'GET /x\r\n',
    'EHLO shop\r\n',
    'T /cart HTTP/1.1\r\n',
  ])('and other things are not: %j', (other) => {
    expect(http1.recognise(Buffer.from(other), false)).toBeUndefined();
  });
});

it('what goes through a tunnel is no call', () => {
  const told: Exchange[] = [];
  const lost = () => {
    throw new Error('lost');
  };
  const talk = http1.open({ call: (call) => told.push(call), orphan: lost, unnamed: lost });
  talk.request(Buffer.from('CONNECT shop:443 HTTP/1.1\r\n\r\n'), 1);
  talk.response(Buffer.from('HTTP/1.1 200 Connected\r\n\r\n'), 2);
  for (const noise of ['GET / HTTP/1.1\r\n\r\n', '\x16\x03\x01'.repeat(200_000)]) {
    talk.request(Buffer.from(noise), 3);
    talk.response(Buffer.from(noise), 4);
  }
  talk.close(5);
  expect(told).toMatchObject([{ method: 'CONNECT', path: 'shop:443', status: 200, end: 2 }]);
});

it('a path with spaces is kept whole', () => {
  const asked = ['GET /two words HTTP/1.0\r\n\r\n'];
  expect(heard(asked, ['HTTP/1.0 400 Bad\r\n\r\n'])).toMatchObject([
    { path: '/two words', status: 400 },
  ]);
});
