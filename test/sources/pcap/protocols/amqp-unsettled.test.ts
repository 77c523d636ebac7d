import { describe, expect, it } from 'vitest';
import { Unsettled } from '../../../../src/sources/pcap/protocols/amqp-unsettled.ts';

type Act = (waiting: Unsettled<string>) => void;

/** What is told where `act` follows four messages: two on each of two channels, one of them to the broker. */
function told(act: Act): string[] {
  const lines: string[] = [];
  const waiting = new Unsettled<string>((message, status) => lines.push(`${message} ${status}`));
  for (const channel of [1, 2]) {
    waiting.add({ channel, isSent: true, tag: 7, message: `${channel} sent` });
    waiting.add({ channel, isSent: false, tag: 7, message: `${channel} given` });
  }
  act(waiting);
  return lines;
}

describe('a message that waits for a word of the other side', () => {
  it.each<[string, Act, readonly string[]]>([
    [
      'it alone',
      (waiting) => waiting.settle(1, true, { tag: 7, isMultiple: false }, 'NACK'),
      ['1 sent NACK'],
    ],
    [
      'it and those before',
      (waiting) => {
        waiting.add({ channel: 1, isSent: true, tag: 8, message: '1 sent later' });
        waiting.add({ channel: 1, isSent: true, tag: 9, message: '1 sent last' });
        waiting.settle(1, true, { tag: 8, isMultiple: true }, 0);
      },
      ['1 sent 0', '1 sent later 0'],
    ],
    [
      'all of its channel and direction',
      (waiting) => waiting.settle(2, false, { tag: 0, isMultiple: true }, 'NACK'),
      ['2 given NACK'],
    ],
    [
      'none that was told before, or is not known',
      (waiting) => {
        for (const tag of [7, 7, 8]) waiting.settle(2, true, { tag, isMultiple: false }, 0);
      },
      ['2 sent 0'],
    ],
  ])('is told where the word is of %s', (_, act, expected) => {
    expect(told(act)).toEqual(expected);
  });

  it('is told without one where its channel or the connection ends', () => {
    expect(told((waiting) => waiting.leave(2))).toEqual(['2 sent 0', '2 given 0']);
    expect(told((waiting) => waiting.close())).toHaveLength(4);
  });

  it('is told without one where a thousand others wait', () => {
    const lines = told((waiting) => {
      for (let tag = 0; tag < 998; tag++) {
        waiting.add({ channel: 3, isSent: true, tag, message: `3 sent ${tag}` });
      }
      waiting.settle(1, true, { tag: 7, isMultiple: false }, 'NACK');
    });
    expect(lines).toEqual(['1 sent 0', '1 given 0']);
  });
});
