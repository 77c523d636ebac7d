import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RespConversation } from '../../demo/tap/resp.ts';
import { encodeCommand } from '../../demo/tap/resp-values.ts';
import { respMarkArgument } from '../../demo/tap/truth-marks.ts';
import { fromClient, fromServer, hear, sizes } from './splits.ts';

const open = (emit: ConstructorParameters<typeof RespConversation>[0]) =>
  new RespConversation(emit);

const word = fc.string({ maxLength: 20, unit: 'grapheme' });
const key = fc.stringMatching(/^[a-z:]{1,12}$/);
const reply = fc.oneof(
  word.map((text) => ({
    wire: `$${Buffer.byteLength(text)}\r\n${text}\r\n`,
    said: text as unknown,
  })),
  fc.integer().map((n) => ({ wire: `:${n}\r\n`, said: n as unknown })),
  fc.constant({ wire: '+OK\r\n', said: 'OK' as unknown }),
  fc.constant({ wire: '$-1\r\n', said: null as unknown }),
  fc.constant({ wire: '*2\r\n:1\r\n*1\r\n$0\r\n\r\n', said: [1, ['']] as unknown }),
);

describe('RespConversation', () => {
  it('reads the same calls however the bytes are cut, pipelined', () => {
    const commands = fc.array(fc.tuple(key, word, reply), { maxLength: 6 });
    fc.assert(
      fc.property(commands, sizes, (all, cuts) => {
        const crossings = [
          fromClient(all.map(([name, value]) => encodeCommand(['set', name, value])).join('')),
          fromServer(all.map(([, , { wire }]) => wire).join('')),
        ];
        const heard = hear(open, crossings, cuts);
        expect(heard).toEqual(hear(open, crossings));
        expect(heard.map((h) => [h.method, h.path, JSON.parse(h.responseBody)])).toEqual(
          all.map(([name, , { said }]) => ['SET', name, said]),
        );
      }),
    );
  });

  it('tells errors, silence, and inline commands', () => {
    const heard = hear(open, [
      fromClient('PING\r\n'),
      fromServer('-ERR no\r\n'),
      fromClient(encodeCommand(['GET', 'a'])),
    ]);
    expect(heard.map((h) => [h.method, h.status, h.responseBody])).toEqual([
      ['PING', 1, '{"error":"ERR no"}'],
      ['GET', undefined, ''],
    ]);
  });

  it('keeps the marks of the truth out of the record and of its size', () => {
    const mark = respMarkArgument({ call: 'gw:7', cause: undefined });
    const [heard] = hear(open, [
      fromClient(encodeCommand(['GET', 'a', mark])),
      fromServer('$-1\r\n'),
    ]);
    expect(heard).toMatchObject({
      requestBody: '["GET","a"]',
      requestSize: encodeCommand(['GET', 'a']).length,
      truth: { call: 'gw:7', cause: undefined },
    });
  });
});
