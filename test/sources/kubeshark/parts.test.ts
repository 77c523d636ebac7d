import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitCommand } from '../../../src/sources/kubeshark/command-line.ts';
import { failureOfText } from '../../../src/sources/kubeshark/hub-failure.ts';
import { parseAnswer } from '../../../src/sources/kubeshark/parse-answer.ts';
import { splitTime } from '../../../src/sources/kubeshark/split-time.ts';

it('cuts a window into parts that meet without gap or overlap', () => {
  const ms = fc.integer({ min: 0, max: 4_000_000_000_000 });
  fc.assert(
    fc.property(ms, fc.nat(1_000_000), fc.integer({ min: 1, max: 64 }), (start, width, parts) => {
      const cuts = splitTime({ start, end: start + width }, parts);
      expect(cuts.length).toBe(Math.min(parts, width + 1));
      expect(cuts[0]?.start).toBe(start);
      expect(cuts.at(-1)?.end).toBe(start + width);
      for (const [i, cut] of cuts.entries()) {
        expect(cut.end).toBeGreaterThanOrEqual(cut.start);
        if (i > 0) expect(cut.start).toBe((cuts[i - 1]?.end ?? 0) + 1);
      }
    }),
  );
});

describe('an answer', () => {
  it('keeps the digits of 64-bit ids', () => {
    const text =
      '{"conn_id": 18446744073709551615,"flow_id":-9007199254740993 , "ts":1750000000000}';
    expect(parseAnswer(text)).toEqual({
      conn_id: '18446744073709551615',
      flow_id: '-9007199254740993',
      ts: 1_750_000_000_000,
    });
  });

  it('is otherwise what JSON.parse says, also with such text inside of strings', () => {
    const member = fc.constantFrom('"conn_id": 18446744073709551615,', '\\"a":1234567890123456,');
    const value = fc.oneof(fc.string(), member, fc.integer(), fc.boolean());
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(fc.string(), member), value), (object) => {
        const text = JSON.stringify(object);
        expect(parseAnswer(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('that is no JSON is garbage, to be asked for again', () => {
    expect(() => parseAnswer('<html>')).toThrow(expect.objectContaining({ kind: 'garbage' }));
  });
});

describe('what the command line says in words', () => {
  it.each([
    ['Hub API error (503): upstream connect error', 'unavailable'],
    ['Hub API error (429): slow down', 'unavailable'],
    ['Hub API error (400): invalid KFL', 'refused'],
    ['Hub API error (401): token expired', 'unauthorised'],
    ['Hub requires authentication (401/SSO redirect) and no accepted credential', 'unauthorised'],
    ['Hub rejected the request (401 Unauthorized): the minted token', 'unauthorised'],
    ['Error calling Hub API: Post "http://x": EOF', 'unavailable'],
    ['Error calling Hub API: context deadline exceeded (Client.Timeout exceeded)', 'timeout'],
    ['Error reading response: unexpected EOF', 'unavailable'],
    ['Failed to get Kubernetes provider: no config. Is kubectl configured?', 'unreachable'],
    ["Kubeshark is not running. Use the 'start_kubeshark' tool", 'unreachable'],
    ["Couldn't connect to Kubeshark frontend. Is Kubeshark running?", 'unreachable'],
  ])('%s', (text, kind) => expect(failureOfText(text).kind).toBe(kind));
});

it.each([
  ['kubeshark mcp', ['kubeshark', 'mcp']],
  [
    `'/my tools/kubeshark' mcp --url "http://a b" x\\ y`,
    ['/my tools/kubeshark', 'mcp', '--url', 'http://a b', 'x y'],
  ],
  [`sh -c 'echo "$1"' "a\\"b\\c" ''`, ['sh', '-c', 'echo "$1"', 'a"b\\c', '']],
])('splits %s as a shell would', (text, words) => expect(splitCommand(text)).toEqual(words));
