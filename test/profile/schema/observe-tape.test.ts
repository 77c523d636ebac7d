import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { callRef } from '../../../src/profile/schema/call-ref.ts';
import { encodeNode } from '../../../src/profile/schema/codec.ts';
import { tapeOf } from '../../../src/profile/schema/json-tape.ts';
import { SchemaNode } from '../../../src/profile/schema/node.ts';
import { observeValue } from '../../../src/profile/schema/observe.ts';
import { observeTape } from '../../../src/profile/schema/observe-tape.ts';

/** What was seen of texts, by the tape where it has one, else by the parser. */
function byTape(texts: readonly string[]): { node: SchemaNode; taped: number } {
  const node = new SchemaNode();
  let taped = 0;
  for (const [i, text] of texts.entries()) {
    const tape = tapeOf(text);
    if (tape) {
      taped++;
      observeTape(node, text, tape, callRef(`call-${i}`));
    } else observeValue(node, JSON.parse(text), callRef(`call-${i}`));
  }
  return { node, taped };
}

function byParser(texts: readonly string[]): SchemaNode {
  const node = new SchemaNode();
  for (const [i, text] of texts.entries()) {
    observeValue(node, JSON.parse(text), callRef(`call-${i}`));
  }
  return node;
}

function expectSame(texts: readonly string[]): number {
  const { node, taped } = byTape(texts);
  expect(encodeNode(node)).toEqual(encodeNode(byParser(texts)));
  return taped;
}

const name = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('id', 'type', 'state', 'items', 'note', 'kind', 'a', 'b'),
  },
  fc.constantFrom('0', '12', '007', '__proto__', 'constructor', '', 'é', 'a"b', '\u{1f600}'),
  fc.uuid(),
  fc.string({ maxLength: 12 }),
);
const leaf = fc.oneof(
  fc.constantFrom('open', 'paid', '[redacted]', '***', '', '2025-01-02T03:04:05Z'),
  fc.uuid(),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1e15, 123456789012345, 2 ** 53, 1e21, 1.5e-7, 0.1),
  fc.boolean(),
  fc.constant(null),
);
/** Text of a JSON value, with names given twice and white space. */
const json: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    leaf.map((value) => (Object.is(value, -0) ? '-0' : JSON.stringify(value))),
    fc
      .tuple(fc.array(tie('value'), { maxLength: 6 }), fc.constantFrom('', ' ', '\n\t'))
      .map(([items, space]) => `[${space}${items.join(`${space},${space}`)}${space}]`),
    fc
      .tuple(
        fc.array(fc.tuple(name, tie('value')), { maxLength: 12 }),
        fc.constantFrom('', ' ', '\r\n'),
      )
      .map(
        ([fields, space]) =>
          `{${space}${fields.map(([key, value]) => `${JSON.stringify(key)}${space}:${space}${value}`).join(`${space},`)}${space}}`,
      ),
  ),
})).value;

describe('observing the text of JSON', () => {
  test('is the same as parsing it first, whatever is in it', () => {
    let taped = 0;
    let all = 0;
    fc.assert(
      fc.property(fc.array(json, { minLength: 1, maxLength: 8 }), (texts) => {
        taped += expectSame(texts);
        all += texts.length;
      }),
      { numRuns: 400 },
    );
    expect(taped).toBeGreaterThan(all / 4);
  });

  test('takes nothing for JSON that is none', () => {
    fc.assert(
      fc.property(
        json,
        fc.nat(),
        fc.constantFrom('', ',', ':', '"', '\\', '}', ']', '1', 'e', '\0'),
        (text, at, put) => {
          const from = at % (text.length + 1);
          const broken = text.slice(0, from) + put + text.slice(from + 1);
          if (tapeOf(broken)) expect(() => JSON.parse(broken)).not.toThrow();
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['01', 'a leading zero'],
    ['-', 'a lone minus'],
    ['1.', 'a point without digits'],
    ['.5', 'a point first'],
    ['+1', 'a plus'],
    ['[1,]', 'a comma too many'],
    ['{"a":1,}', 'a comma too many in an object'],
    ['{"a" 1}', 'a colon missing'],
    ['{a:1}', 'a bare name'],
    ['"\u0001"', 'a control character'],
    ['"\\x"', 'an unknown escape'],
    ['"\\u12g4"', 'a broken escape'],
    ['"open', 'an open string'],
    ['nul', 'half a word'],
    ['1 2', 'two values'],
    ['\ufeff1', 'a byte order mark'],
    ['', 'nothing'],
    ['\u00a01', 'a blank that JSON does not know'],
  ])('does not take %j: %s', (text) => {
    expect(tapeOf(text)).toBeUndefined();
    expect(() => JSON.parse(text)).toThrow();
  });

  it('keeps the order and the values that the parser keeps where names come twice or are numbers', () => {
    const texts = [
      '{"b":"one","a":{"x":1},"b":{"y":"two"},"2":"late","1":"early"}',
      '{"a":"word","a":"other"}',
      '{"a":{"k":"v"},"z":"w"}',
    ];
    expect(expectSame(texts)).toBe(3);
  });

  it('is the same where so many names come that they are data', () => {
    const wide = (n: number) =>
      JSON.stringify(
        Object.fromEntries(
          Array.from({ length: n }, (_, i) => [
            `name${'x'.repeat(i % 7)}${String.fromCharCode(97 + (i % 26))}${'y'.repeat(i >> 4)}`,
            { v: i, s: 'w' },
          ]),
        ),
      );
    expect(expectSame([wide(20), wide(400), wide(3), '{"v":1}', wide(30)])).toBe(5);
  });

  it('leaves to the parser what is deeper than it looks, and finds the same', () => {
    const deep = (n: number) => `${'[{"a":'.repeat(n)}1${'}]'.repeat(n)}`;
    expect(expectSame([deep(10), deep(200), deep(20)])).toBe(2);
  });
});
