import { describe, expect, it } from 'vitest';
import { decodeProfile, encodeProfile, profileOf as readProfile } from '../../src/profile/codec.ts';
import { Profile } from '../../src/profile/profile.ts';
import { renderSchema } from '../../src/profile/schema/render.ts';
import { profileOf, variedCalls } from '../support/varied-traffic.ts';

/** A line for each list and record that ends, so that a difference can be read. */
const inLines = (json: string) => json.replace(/(?<=[\]}]),(?=[[{"])/g, ',\n');

describe('a stored profile', () => {
  it('holds of the same calls what it always did', async () => {
    const text = encodeProfile(profileOf(variedCalls()));
    await expect(inLines(text)).toMatchFileSnapshot('golden/varied.txt');
    expect(encodeProfile(decodeProfile(text))).toBe(text);
  });

  it('is written as schemas that say what was seen', async () => {
    const schemas = profileOf(variedCalls()).families.flatMap(({ family, operations }) =>
      [...operations.leaves()].flatMap(([at, { request, statuses }]) =>
        [request, ...statuses.map(([, { response }]) => response)].flatMap(({ kinds }) =>
          kinds.map(([kind, { schema }]) => [family.workload, at, kind, renderSchema(schema)]),
        ),
      ),
    );
    await expect(inLines(JSON.stringify(schemas))).toMatchFileSnapshot('golden/schemas.txt');
  });

  it('refuses in each place what it can not have written', async () => {
    const whole = JSON.parse(encodeProfile(profileOf(variedCalls(false, 14))));
    const lines: string[] = [];
    const known = new Set<string>();
    const empty = JSON.parse(encodeProfile(new Profile()));
    const single = whole.families.map((family: object) => ({ ...empty, families: [family] }));
    for (const profile of [{ ...whole, families: [] }, ...single]) {
      for (const [name, at] of placesIn(profile)) {
        if (known.has(name)) continue;
        known.add(name);
        const refused = Object.keys(WRONG).filter((what) => isRefused(profile, at, WRONG[what]));
        lines.push(`${name}: ${refused.join(', ') || '-'}`);
      }
    }
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('golden/refused.txt');
  });
});

const WRONG: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  null: null,
  '-1': -1,
  '0.5': 0.5,
  text: 'x',
  list: [],
  record: {},
};

type Place = readonly (string | number)[];

/** The places of a value by their form: the last names, numbers left out but for the last. */
function* placesIn(value: unknown, at: Place = []): Generator<readonly [string, Place]> {
  const [last, ...before] = at.toReversed();
  const names = before.filter((part) => typeof part === 'string').slice(0, 2);
  if (last !== undefined) {
    const part = typeof last === 'number' && last > 3 ? '#' : last;
    yield [[...names.toReversed(), part].join('.'), at];
  }
  if (value === null || typeof value !== 'object') return;
  for (const [key, one] of Object.entries(value)) {
    yield* placesIn(one, [...at, Array.isArray(value) ? Number(key) : key]);
  }
}

/** Whether a profile with something else in a place is refused; anything but a RangeError is a fault. */
function isRefused(root: unknown, at: Place, wrong: unknown): boolean {
  const holder = at.slice(0, -1).reduce<unknown>((value, part) => (value as never)[part], root) as {
    [part: string]: unknown;
  };
  const last = at.at(-1) as string;
  const right = holder[last];
  holder[last] = wrong;
  try {
    readProfile(root);
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);

    return true;
  } finally {
    holder[last] = right;
  }
}
