import { describe, expect, it } from 'vitest';
import { MessageProfile } from '../../../src/profile/message.ts';
import { encodeNode } from '../../../src/profile/schema/codec.ts';
import { renderSchema } from '../../../src/profile/schema/render.ts';
import { call, observed } from './make.ts';

const size = (value: unknown) => JSON.stringify(value).length;

describe('hostile bodies', () => {
  it('keeps a map with 200,000 distinct keys small and says so', () => {
    function* bodies() {
      for (let i = 0; i < 200; i++) {
        yield Object.fromEntries(
          Array.from({ length: 1000 }, (_, j) => [`w${word(i * 1000 + j)}`, { n: j }]),
        );
      }
    }
    const node = observed(bodies());
    expect(size(encodeNode(node))).toBeLessThan(20_000);
    expect(renderSchema(node)).toMatchObject({
      'x-wireproof': { mapped: true },
      additionalProperties: { type: 'object', 'x-wireproof': { count: 200_000 } },
    });
  });

  it('does not fall over a body 10,000 levels deep', () => {
    const deep = `${'{"a":['.repeat(5000)}${']}'.repeat(5000)}`;
    const profile = new MessageProfile();
    profile.observe(call('deep', { responseBody: { state: 'whole', text: deep } }), 'response');
    expect(profile.bodies.known).toBe(1);
    const text = JSON.stringify(profile.toJSON());
    expect(text).toContain('"capped":true');
    expect(JSON.stringify(MessageProfile.fromJSON(JSON.parse(text)).toJSON())).toBe(text);
  });

  it('takes an object of 100,000 fields as a map', () => {
    const body = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`f${word(i)}`, i]));
    const node = observed([body]);
    expect(node.object?.mapped).toBe(true);
    expect(size(encodeNode(node))).toBeLessThan(2_000);
  });

  it('reads strings of 5 MB without keeping them', () => {
    const node = observed([{ a: 'x'.repeat(5e6), b: '"'.repeat(5e6), c: '<'.repeat(5e6) }]);
    expect(size(encodeNode(node))).toBeLessThan(2_000);
  });

  it('keeps names that are values out of the profile', () => {
    const node = observed([
      { 'jane@example.com': 1, '4111111111111111': 2, 'b8a2c1de-0000-4000-8000-000000000001': 3 },
      { ['k'.repeat(5000)]: 4 },
    ]);
    const text = JSON.stringify(encodeNode(node));
    expect(text).not.toMatch(/jane|41111|b8a2c1|kkkkk/);
    expect([...(node.object?.patterns.keys() ?? [])].sort()).toEqual([
      '{email}',
      '{int}',
      '{text}',
      '{uuid}',
    ]);
  });
});

/** Letters only: looks like a field's name. */
function word(n: number): string {
  return n
    .toString(26)
    .replace(/[0-9a-p]/g, (d) => String.fromCharCode(97 + Number.parseInt(d, 26)));
}
