import { expect, it } from 'vitest';
import { Connections } from '../../../src/sources/pcap/connections.ts';
import type { TcpHeader } from '../../../src/sources/pcap/packet.ts';

const CLIENT = { ip: '10.0.0.1', port: 40_000 };
const SERVER = { ip: '10.0.0.2', port: 80 };
const REQUEST = 'GET /cart HTTP/1.1\r\n\r\n';
const ANSWER = 'HTTP/1.1 204 No Content\r\n\r\n';
const NO_FLAGS = { syn: false, ack: true, fin: false, rst: false };

/** Paths of the calls on one pair of ports; each side counts its bytes from the number given. */
function heard(
  ...packets: readonly (readonly [from: 'client' | 'server', Partial<TcpHeader>, string?])[]
) {
  const calls: string[] = [];
  const connections = new Connections(({ path, status }) => calls.push(`${path} ${status}`));
  for (const [now, [from, flags, text = '']] of packets.entries()) {
    const payload = Buffer.from(text);
    const [src, dst] = from === 'client' ? [CLIENT, SERVER] : [SERVER, CLIENT];
    const tcp = { ...NO_FLAGS, seq: 0, length: payload.length, ...flags };
    connections.add({ now, src, dst, tcp, payload });
  }
  connections.end();
  return { calls, orphans: connections.counts.orphans };
}

const begin = (client: number, server: number) =>
  [
    ['client', { syn: true, ack: false, seq: client }],
    ['server', { syn: true, seq: server }],
  ] as const;
const asked = (seq: number) => ['client', { seq }, REQUEST] as const;
const answered = (seq: number) => ['server', { seq }, ANSWER] as const;
const end = (client: number, server: number) =>
  [
    ['client', { fin: true, seq: client }],
    ['server', { fin: true, seq: server }],
  ] as const;
const ENDS = end(11 + REQUEST.length, 21 + ANSWER.length);

it('what is sent again after the end is no new call', () => {
  const talk = [...begin(10, 20), asked(11), answered(21), ...ENDS];
  expect(heard(...talk, asked(11), answered(21), ...ENDS)).toEqual({
    calls: ['/cart 204'],
    orphans: 0,
  });
});

it('nor after a reset', () => {
  const talk = [...begin(10, 20), asked(11), answered(21)];
  const reset = ['server', { rst: true, seq: 21 + ANSWER.length }] as const;
  expect(heard(...talk, reset, asked(11), answered(21)).calls).toEqual(['/cart 204']);
});

it('a handshake that is sent again behind bytes begins nothing new', () => {
  const late = [...begin(10, 20), asked(11), ...begin(10, 20), asked(11), answered(21)];
  expect(heard(...late, ...begin(10, 20), answered(21)).calls).toEqual(['/cart 204']);
});

it('what comes with a handshake is read, and once where it is sent again behind it', () => {
  const early = ['client', { syn: true, ack: false, seq: 10 }, REQUEST] as const;
  const accepted = ['server', { syn: true, seq: 20 }] as const;
  const once = { calls: ['/cart 204'], orphans: 0 };
  expect(heard(early, accepted, answered(21))).toEqual(once);
  expect(heard(early, accepted, asked(11), answered(21))).toEqual(once);
});

it('ports that are used again carry new calls, also where the first did not end', () => {
  const again = [...begin(500, 700), asked(501), answered(701)];
  const twice = { calls: ['/cart 204', '/cart 204'], orphans: 0 };
  expect(heard(...begin(10, 20), asked(11), answered(21), ...again)).toEqual(twice);
  expect(heard(...begin(10, 20), asked(11), answered(21), ...ENDS, ...again)).toEqual(twice);
});

it('a connection of a known protocol is taken up again, however much of it was not understood', () => {
  const noise = '\0\x01\r\n\r\n';
  let seq = 11;
  const next = (text: string) => {
    const packet = ['client', { seq }, text] as const;
    seq += text.length;
    return packet;
  };
  const lost = [next(REQUEST), ...Array.from({ length: 300 }, () => next(noise))];
  const again = next(REQUEST);
  const { calls } = heard(...begin(10, 20), ...lost, again, answered(21));
  expect(calls.at(-1)).toBe('/cart 204');
});
