import { dnsOverTcp } from '../../../../src/sources/pcap/protocols/dns-questions.ts';
import { conversationTarget, talk } from '../../material/talk.ts';
import { bytesOf, int16, int32, text8 } from '../../material/wire.ts';

const NAME = bytesOf(text8('orders'), text8('shop'), text8('svc'), [0]);

function message(flags: number, answers: readonly Uint8Array[], type = 1): Buffer {
  const body = bytesOf(
    int16(7),
    int16(flags),
    int16(1),
    int16(answers.length),
    int32(0),
    NAME,
    int16(type),
    int16(1),
    ...answers,
  );
  return bytesOf(int16(body.length), body);
}

const answer = (type: number, data: Uint8Array) =>
  bytesOf([0xc0, 12], int16(type), int16(1), int32(60), int16(data.length), data);

/** DNS over TCP: what is read of a message is the same over UDP. */
export const target = conversationTarget(dnsOverTcp, [
  talk(message(0x0100, []), message(0x8180, [answer(1, bytesOf([10, 0, 0, 1]))])),
  talk(message(0x0100, [], 28), message(0x8183, [])),
  talk(
    message(0x2800, []),
    message(0x8180, [answer(5, bytesOf([0xc0, 19])), answer(16, text8('text'))]),
  ),
]);
