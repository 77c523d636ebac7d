import type { ConnectionProtocol, Side } from '../../../src/sources/pcap/conversation.ts';
import type { Exchange } from '../../../src/sources/pcap/exchange.ts';
import { recordOf } from '../../../src/sources/pcap/exchange-record.ts';
import { Names } from '../../../src/sources/pcap/names/names.ts';
import { parseLine } from '../../../src/sources/record.ts';
import { holds } from '../engine/failure.ts';
import type { Target } from '../target.ts';
import { twoCuts } from './cuts.ts';
import { same } from './same.ts';

/** What stands before what one side says, in an input: never in valid UTF-8. */
const CLIENT = Buffer.from([0xf7, 0x3e]);
const SERVER = Buffer.from([0xf7, 0x3c]);
/** What a conversation must be given at once to be recognised. */
const FIRST = 24;
const ENDS = { client: { ip: '10.0.0.1', port: 1 }, server: { ip: '10.0.0.2', port: 2 } };
const NAMES = new Names([]);

type Part = readonly [side: Side, bytes: Buffer];

/** An input from what both sides say in turn, the client first. */
export function talk(...turns: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(
    turns.flatMap((turn, at) => [
      at % 2 === 0 ? CLIENT : SERVER,
      Buffer.from(turn as string, 'latin1'),
    ]),
  );
}

/**
 * Fuzzes the reader of a protocol: however the bytes of both sides are cut, the same exchanges are told
 * before the same place ends the conversation, and each makes a record that is read as a call.
 */
export function conversationTarget(
  protocol: ConnectionProtocol,
  seeds: readonly Buffer[],
  words: readonly string[] = [],
): Target {
  return {
    holds:
      'any cut of the bytes gives the same exchanges and the same end; only RangeError is thrown; each exchange is read as a call',
    seeds: () => seeds,
    words: [CLIENT.toString('latin1'), SERVER.toString('latin1'), ...words],
    run: (input) => {
      const parts = partsOf(Buffer.from(input));
      const whole = heard(protocol, parts);
      for (const way of [0, 1]) {
        const cuts = parts.flatMap(([side, bytes], at) => {
          const isFirst = parts.findIndex(([other]) => other === side) === at;
          const kept = isFirst ? FIRST : 0;
          const pieces = [
            bytes.subarray(0, kept),
            ...(twoCuts(bytes.subarray(kept))[way] as Buffer[]),
          ];
          return pieces.filter(({ length }) => length > 0).map((piece): Part => [side, piece]);
        });
        same('another cut tells other exchanges', heard(protocol, cuts), whole);
      }
    },
  };
}

function partsOf(input: Buffer): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < input.length; ) {
    const side = input.indexOf(SERVER, at) === at ? 'server' : 'client';
    const from = input.indexOf(0xf7, at) === at ? at + 2 : at;
    const ends = [CLIENT, SERVER]
      .map((mark) => input.indexOf(mark, from))
      .filter((end) => end >= 0);
    const end = Math.min(input.length, ...ends);
    if (end > from) parts.push([side, input.subarray(from, end)]);
    at = Math.max(end, at + 1);
  }
  return parts;
}

/** The records of what was told, and how it ended. */
function heard(protocol: ConnectionProtocol, parts: readonly Part[]): readonly unknown[] {
  const told: unknown[] = [];
  const conversation = protocol.open({
    call: (exchange) => told.push(recordIn(exchange, told.length)),
    orphan: () => told.push('orphan'),
    unnamed: () => told.push('unnamed'),
  });
  try {
    for (const [side, bytes] of parts) {
      if (side === 'client') conversation.request(Buffer.from(bytes), 1);
      else conversation.response(Buffer.from(bytes), 2);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    told.push('the end');
  }
  conversation.close(3);
  return told;
}

function recordIn(exchange: Exchange, number: number): string {
  const record = recordOf({ ...exchange, ...ENDS, connection: 1 }, number, NAMES);
  const read = parseLine(record);
  holds(read.kind === 'call', 'an exchange is read as a call', () => record);
  return record;
}
