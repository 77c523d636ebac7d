import { expect, it } from 'vitest';
import type { ConnectionProtocol } from '../../../../src/sources/pcap/conversation.ts';
import type { Exchange } from '../../../../src/sources/pcap/exchange.ts';
import { http1 } from '../../../../src/sources/pcap/protocols/http1.ts';
import { redis } from '../../../../src/sources/pcap/protocols/redis.ts';

const REQUESTS = 12_000;

it.each<[string, ConnectionProtocol, (i: number) => string, held: number]>([
  ['HTTP/1', http1, (i) => `GET /${i} HTTP/1.1\r\nHost: shop\r\n\r\n`, 1_000],
  ['Redis', redis, (i) => `GET ${i}\r\n`, 10_000],
])(
  '%s: what nobody is seen to answer is told in order, and little of it held',
  (_, protocol, asked, held) => {
    const told: Exchange[] = [];
    const talk = protocol.open({
      call: (call) => told.push(call),
      orphan: () => undefined,
      unnamed: () => undefined,
    });
    let most = 0;
    for (let i = 0; i < REQUESTS; i++) {
      talk.request(Buffer.from(asked(i)), i);
      most = Math.max(most, i + 1 - told.length);
    }
    expect(most).toBe(held);
    talk.close(REQUESTS);
    expect(told.map(({ start, status, end }) => [start, status, end])).toEqual(
      Array.from({ length: REQUESTS }, (_, i) => [i, undefined, undefined]),
    );
  },
);
