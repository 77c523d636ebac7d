import { expect, it } from 'vitest';
import type { Exchange } from '../../../../src/sources/pcap/exchange.ts';
import { http2 } from '../../../../src/sources/pcap/protocols/http2.ts';

const DATA = 0;
const HEADERS = 1;
const RESET = 3;
const LAST = 1;
const WHOLE = 4;
const frame = (type: number, flags: number, payload: Buffer) =>
  Buffer.concat([Buffer.from([0, 0, payload.length, type, flags, 0, 0, 0, 1]), payload]);
const text = (value: string) => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
/** Literals that are not indexed; a number is an index of the table, which may not be known. */
const headers = (flags: number, ...pairs: readonly (number | readonly [string, string])[]) =>
  frame(
    HEADERS,
    WHOLE | flags,
    Buffer.concat(
      pairs.map((pair) =>
        typeof pair === 'number'
          ? Buffer.from([0x80 | pair])
          : Buffer.concat([Buffer.from([0]), text(pair[0]), text(pair[1])]),
      ),
    ),
  );
const POST = 3;
const OK = 8;
const UNKNOWN = 62;
const PATH = [':path', '/shop.Orders/Get'] as const;
const GRPC = ['content-type', 'application/grpc'] as const;
const MESSAGE = frame(DATA, LAST, Buffer.from([0, 0, 0, 0, 2, 8, 1]));
const reset = (error: number) => frame(RESET, 0, Buffer.from([0, 0, 0, error]));

interface Heard {
  readonly told: readonly unknown[];
  readonly orphans: number;
  readonly unnamed: number;
}
/** What is said at which time (ms). */
function heard(...said: readonly (readonly ['asks' | 'says', number, Buffer])[]): Heard {
  const told: unknown[] = [];
  const lost = { orphans: 0, unnamed: 0 };
  const talk = http2.open({
    call: ({ protocol, path, status, end }: Exchange) => told.push([protocol, path, status, end]),
    orphan: () => {
      lost.orphans++;
    },
    unnamed: () => {
      lost.unnamed++;
    },
  });
  for (const [side, now, bytes] of said) {
    if (side === 'asks') talk.request(bytes, now);
    else talk.response(bytes, now);
  }
  talk.close(9_999);
  return { told, ...lost };
}
const call = (...more: readonly (readonly [string, string])[]) =>
  Buffer.concat([headers(0, POST, PATH, GRPC, ...more), MESSAGE]);

it('a call whose time is up ends so, whichever side was first', () => {
  const asked = ['asks', 0, call(['grpc-timeout', '200m'])] as const;
  const late = headers(LAST, OK, GRPC, ['grpc-status', '4']);
  const once = { told: [['grpc', '/shop.Orders/Get', '4', 200]], orphans: 0, unnamed: 0 };
  expect(heard(asked, ['asks', 200, reset(8)], ['says', 201, late])).toEqual(once);
  expect(heard(asked, ['says', 200, late], ['asks', 201, reset(8)])).toEqual(once);
});

it('a call that its client gives up is cancelled, and what still comes is no answer to nothing', () => {
  const asked = ['asks', 0, call(['grpc-timeout', '2S'])] as const;
  const more = Buffer.concat([headers(0, OK, GRPC), frame(DATA, 0, Buffer.alloc(9))]);
  const end = headers(LAST, ['grpc-status', '0']);
  expect(heard(asked, ['asks', 50, reset(8)], ['says', 60, Buffer.concat([more, end])])).toEqual({
    told: [['grpc', '/shop.Orders/Get', '1', 50]],
    orphans: 0,
    unnamed: 0,
  });
});

it.each([
  [0, '13'],
  [2, '13'],
  [7, '14'],
  [8, '1'],
  [11, '8'],
  [12, '7'],
])('a server that breaks a call off with error %i is understood as status %s', (error, status) => {
  const { told } = heard(['asks', 0, call()], ['says', 30, reset(error)]);
  expect(told).toEqual([['grpc', '/shop.Orders/Get', status, 30]]);
});

it('a request of HTTP that is broken off has no answer', () => {
  const { told } = heard(['asks', 0, headers(LAST, POST, PATH)], ['asks', 30, reset(8)]);
  expect(told).toEqual([['http', '/shop.Orders/Get', undefined, undefined]]);
});

it('an answer to what was asked before the capture is one to nothing', () => {
  expect(heard(['says', 1, headers(LAST, OK, ['grpc-status', '0'])]).orphans).toBe(1);
});

const STATUS = 'where content types were sent before the capture';
it(`${STATUS}, gRPC is told by its messages, and a status that was is not taken for HTTP's`, () => {
  const asked = ['asks', 0, Buffer.concat([headers(0, POST, PATH, UNKNOWN), MESSAGE])] as const;
  expect(heard(asked, ['says', 5, headers(LAST, OK, UNKNOWN)])).toEqual({
    told: [['grpc', '/shop.Orders/Get', undefined, 5]],
    orphans: 0,
    unnamed: 1,
  });
  expect(heard(asked, ['says', 5, headers(LAST, OK, ['grpc-status', '5'])])).toEqual({
    told: [['grpc', '/shop.Orders/Get', '5', 5]],
    orphans: 0,
    unnamed: 0,
  });
});

it(`${STATUS}, a form posted is of HTTP`, () => {
  const form = frame(DATA, LAST, Buffer.from('a=1&b=2'));
  const asked = Buffer.concat([headers(0, POST, PATH, UNKNOWN), form]);
  expect(heard(['asks', 0, asked], ['says', 5, headers(LAST, OK)])).toEqual({
    told: [['http', '/shop.Orders/Get', '200', 5]],
    orphans: 0,
    unnamed: 0,
  });
});
