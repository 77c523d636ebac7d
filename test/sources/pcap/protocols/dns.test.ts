import { expect, it } from 'vitest';
import { readDns } from '../../../../src/sources/pcap/protocols/dns-message.ts';
import { dnsOverTcp } from '../../../../src/sources/pcap/protocols/dns-questions.ts';

/** A question for the address of `a.b`, behind its length as over TCP. */
function question(id: number, flags = 0x0100): Buffer {
  const head = Buffer.alloc(14);
  head.writeUInt16BE(id, 2);
  head.writeUInt16BE(flags, 4);
  head.writeUInt16BE(1, 6);
  const bytes = Buffer.concat([head, Buffer.from('\x01a\x01b\0\0\x01\0\x01', 'latin1')]);
  bytes.writeUInt16BE(bytes.length - 2, 0);
  return bytes;
}

const several = Buffer.concat([question(1), question(2), question(3)]);

it('a bit that is reserved says nothing of a message', () => {
  expect(readDns(question(1, 0x0360).subarray(2))).toMatchObject({ type: 'A', name: 'a.b' });
});

it('several questions at once are some of a name server alone', () => {
  expect(dnsOverTcp.recognise(several, true)).toBe('client');
  expect(dnsOverTcp.recognise(several, false)).toBeUndefined();
  expect(dnsOverTcp.recognise(question(1), false)).toBe('client');
  expect(dnsOverTcp.recognise(question(1).subarray(0, 12), true)).toBeUndefined();
  expect(dnsOverTcp.recognise(question(1).subarray(0, 20), true)).toBeUndefined();
});

it('each of them is a call', () => {
  const asked: string[] = [];
  const nothing = () => undefined;
  const conversation = dnsOverTcp.open({
    call: ({ method, path }) => asked.push(`${method} ${path}`),
    orphan: nothing,
    unnamed: nothing,
  });
  conversation.request(several, 1);
  conversation.close(2);
  expect(asked).toEqual(['A a.b', 'A a.b', 'A a.b']);
});
