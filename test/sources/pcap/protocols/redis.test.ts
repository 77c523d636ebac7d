import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../../src/sources/pcap/exchange.ts';
import { redis } from '../../../../src/sources/pcap/protocols/redis.ts';

/** The calls of a connection: what was asked, and the whole answer. */
function calls(asked: string, answered: string): { told: string[]; orphans: number } {
  const told: string[] = [];
  let orphans = 0;
  const conversation = redis.open({
    call: ({ method, path, status, responseBody }: Exchange) =>
      told.push([method, path, status ?? '-', responseBody ?? ''].join(' ')),
    orphan: () => {
      orphans++;
    },
    unnamed: () => undefined,
  });
  conversation.request(Buffer.from(asked), 1);
  conversation.response(Buffer.from(answered), 2);
  conversation.close(3);
  return { told, orphans };
}

it('an empty line, as behind a bulk load, asks for nothing', () => {
  const load = '*2\r\n$4\r\nINCR\r\n$1\r\na\r\n\r\n*2\r\n$4\r\nECHO\r\n$1\r\nb\r\n';
  expect(calls(load, ':7\r\n$1\r\nb\r\n')).toEqual({
    told: ['INCR a 0 7', 'ECHO b 0 "b"'],
    orphans: 0,
  });
});

it('attributes are no part of what they describe, before it and inside it', () => {
  const answers = '|1\r\n+popular\r\n%1\r\n$1\r\na\r\n,0.5\r\n*2\r\n:1\r\n:2\r\n';
  const inside = '*3\r\n:1\r\n:2\r\n|1\r\n+ttl\r\n:3600\r\n:3\r\n';
  expect(calls('MGET a b\r\nMGET a b c\r\n', answers + inside)).toEqual({
    told: ['MGET a 0 [1,2]', 'MGET a 0 [1,2,3]'],
    orphans: 0,
  });
});

it('commands that want no reply leave the replies to the others', () => {
  const asked = 'CLIENT REPLY OFF\r\nSET a 1\r\nCLIENT REPLY ON\r\nGET a\r\n';
  const skipping = 'CLIENT REPLY SKIP\r\nSET b 1\r\nGET b\r\n';
  expect(calls(asked + skipping, '+OK\r\n$1\r\n1\r\n$1\r\n2\r\n')).toEqual({
    told: [
      'CLIENT REPLY - ',
      'SET a - ',
      'CLIENT REPLY - ',
      'SET b - ',
      'CLIENT REPLY 0 "OK"',
      'GET a 0 "1"',
      'GET b 0 "2"',
    ],
    orphans: 0,
  });
});

it('an error has the word that it begins with as its status', () => {
  const answers = '-READONLY You can not write\r\n-WRONGTYPE\r\n-no word at all\r\n';
  expect(calls('SET a 1\r\nINCR a\r\nGET a\r\n', answers).told).toEqual([
    'SET a READONLY {"error":"READONLY You can not write"}',
    'INCR a WRONGTYPE {"error":"WRONGTYPE"}',
    'GET a ERR {"error":"no word at all"}',
  ]);
});

describe('a subscription', () => {
  const array = (kind: string, ...items: readonly (string | number)[]) =>
    `${kind}${items.length}\r\n${items
      .map((item) => (typeof item === 'number' ? `:${item}\r\n` : `$${item.length}\r\n${item}\r\n`))
      .join('')}`;

  it.each([
    ['RESP2', '*'],
    ['RESP3', '>'],
  ])('is answered once for each channel, and messages are no answers: %s', (_, kind) => {
    const asked = 'SUBSCRIBE a b\r\nSUBSCRIBE c\r\nPING\r\nUNSUBSCRIBE\r\nGET k\r\n';
    const confirmed = [
      array(kind, 'subscribe', 'a', 1),
      array(kind, 'message', 'a', 'hello'),
      array(kind, 'subscribe', 'b', 2),
      array(kind, 'subscribe', 'c', 3),
    ];
    const left = ['a', 'b', 'c'].map((name, at) => array(kind, 'unsubscribe', name, 2 - at));
    const answers = [...confirmed, '+PONG\r\n', ...left, '$1\r\n7\r\n'].join('');
    expect(calls(asked, answers)).toEqual({
      told: [
        'SUBSCRIBE a 0 ["subscribe","a",1]',
        'SUBSCRIBE c 0 ["subscribe","c",3]',
        'PING  0 "PONG"',
        'UNSUBSCRIBE  0 ["unsubscribe","a",2]',
        'GET k 0 "7"',
      ],
      orphans: 0,
    });
  });

  it('that nobody has makes no message of an answer that looks like one', () => {
    const answers = array('*', 'message', 'hello') + array('*', 'subscribe', 'x', 'y', 'z');
    expect(calls('HGETALL a\r\nHGETALL b\r\n', answers)).toEqual({
      told: ['HGETALL a 0 ["message","hello"]', 'HGETALL b 0 ["subscribe","x","y","z"]'],
      orphans: 0,
    });
  });

  it('that was made before the capture is sent messages', () => {
    expect(calls('PING\r\n', `+PONG\r\n${array('*', 'message', 'a', 'hello')}`)).toEqual({
      told: ['PING  0 "PONG"'],
      orphans: 0,
    });
  });
});

describe('a command as it is typed', () => {
  const recognised = (line: string, isUsualPort: boolean) =>
    redis.recognise(Buffer.from(line), isUsualPort);

  it.each(['PING\r\n', 'SET a 1\r\n', 'JSON.GET a\r\n'])('%j', (line) => {
    expect(recognised(line, true)).toBe('client');
    expect(recognised(line, false)).toBeUndefined();
    expect(calls(line, '+OK\r\n').told).toHaveLength(1);
  });

  it.each(['GET / HTTP/1.1\r\n', '+PONG\r\n', '\r\n'])('not %j', (line) => {
    expect(recognised(line, true)).toBeUndefined();
  });
});
