import { expect, it } from 'vitest';

/** What is read, how, the reason that is given, and what is no such thing. */
export type Refusal = readonly [
  what: string,
  read: (json: never) => unknown,
  reason: string | RegExp,
  wrong: readonly unknown[],
];

/** A test for each row: everything wrong is refused with a RangeError that gives the reason. */
export function refuses(refusals: readonly Refusal[]): void {
  for (const [i, [what, read, reason, wrong]] of refusals.entries()) {
    it(`${what} is refused (${i})`, () => {
      for (const json of wrong) {
        const told = JSON.stringify(json)?.slice(0, 80);
        expect(() => read(json as never), told).toThrow(RangeError);
        expect(() => read(json as never), told).toThrow(reason);
      }
    });
  }
}
