import { expect, test } from 'vitest';
import { CHANGES } from '../../../scripts/accuracy/lab/changes.ts';
import { simulate } from '../../../scripts/accuracy/lab/simulate.ts';
import { drawTarget } from '../../../scripts/accuracy/lab/target.ts';

const CALLS = 40;

const byConsumer = Map.groupBy(CHANGES, ({ consumer }) => consumer !== undefined);

test.each(byConsumer.get(false) ?? [])(
  '$name touches the target alone',
  ({ apply, errorsBefore }) => {
    const target = drawTarget('one', CALLS, errorsBefore);
    const changed = apply(target);
    const others = (operations: readonly unknown[]) =>
      operations.filter((_, i) => i !== target.roles.target);
    expect(others(changed.operations)).toEqual(others(target.system.operations));
    expect(changed.operations[target.roles.target]).not.toEqual(
      target.system.operations[target.roles.target],
    );
    expect(changed.streams).toEqual(target.system.streams);
  },
);

test.each(byConsumer.get(true) ?? [])('$name touches its consumer alone', ({ apply, consumer }) => {
  const target = drawTarget('one', CALLS, 0);
  const { streams, ...changed } = apply(target);
  const { streams: before, ...system } = target.system;
  expect(changed).toEqual(system);
  const others = (of: typeof streams) => of.filter((stream) => stream.consumer !== consumer);
  expect(others(streams)).toEqual(others(before));
  expect(streams).not.toEqual(before);
});

test('the names of the changes are told apart', () => {
  expect(new Set(CHANGES.map(({ name }) => name)).size).toBe(CHANGES.length);
});

/** Calls of each role of the target in one run, before or after a change. */
function counts(seed: string, name?: string): Record<string, number> {
  const target = drawTarget(seed, CALLS, 0);
  const change = CHANGES.find((each) => each.name === name);
  const { operations } = simulate(change ? change.apply(target) : target.system, 'run');
  return Object.fromEntries(
    Object.entries(target.roles).map(([role, index]) => [
      role,
      operations.filter((operation) => operation === index).length,
    ]),
  );
}

test.each(['entry', 'behind', 'third', 'fourth'])(
  'the target of system %s makes each of its calls once',
  (seed) => {
    const once = { target: CALLS, read: CALLS, service: CALLS, write: CALLS };
    expect(counts(seed)).toEqual({ ...once, spare: 0, stranger: 0 });
    expect(counts(seed, 'call made twice').read).toBe(2 * CALLS);
    expect(counts(seed, 'call missing').write).toBe(0);
    expect(counts(seed, 'call extra').spare).toBe(CALLS);
    expect(counts(seed, 'new destination').stranger).toBe(CALLS);
  },
);
