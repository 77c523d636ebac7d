import { withStream } from './draw-background.ts';
import { drawOwnTime, httpOperation, statement } from './draw-operation.ts';
import { drawSystem } from './draw-system.ts';
import { Draws } from './draws.ts';
import type { Field } from './fields.ts';
import type { ChildCalls, Operation, System } from './system.ts';

/** Member of the target's responses that changes are made to: always there, never null. */
export const TARGET_FIELD: Field = { name: 'amount_due', kind: 'decimal', presence: 1, nulls: 0 };

/** Another: one of four members, at shares of a half to a fifteenth. */
export const TARGET_ENUM: Field = {
  name: 'stage',
  kind: 'enum',
  presence: 1,
  nulls: 0,
  members: ['received', 'checked', 'packed', 'sent'],
};

/** Who works off the events that the target leaves. */
export const TARGET_CONSUMER = 'sender';

/** A system with one operation that every change can be made to, called exactly as often as wanted. */
export interface Target {
  readonly system: System;
  /** Indices of what takes part in changes. */
  readonly roles: {
    readonly target: number;
    /** Statement that the target makes twice after `call-added`. */
    readonly read: number;
    readonly service: number;
    /** Statement that `call-missing` drops. */
    readonly write: number;
    /** Never called before the change: a statement, and an operation of a workload nobody calls. */
    readonly spare: number;
    readonly stranger: number;
  };
  /** Names of the target, of what calls it, and of what it calls: where its change may show. */
  readonly near: ReadonlySet<string>;
}

/**
 * 34 operations with 5 to 300 calls around a target that makes a read, a call to a service and a
 * write, in this order, and leaves an event for a consumer. The target is an entry in half of the systems, else one step behind it. Its
 * median own time is 15 to 80 ms; `errors` is the share of its calls that fail in the baseline.
 */
export function drawTarget(seed: string, calls: number, errors: number): Target {
  const draws = new Draws('target', seed);
  const around = drawSystem({ seed, operations: 34, most: 300 });
  const first = around.operations.length;
  const isEntry = draws.chance(0.5);
  const [target, read, service, write, spare, stranger] = [0, 1, 2, 3, 4, 5].map(
    (i) => first + i,
  ) as [number, number, number, number, number, number];
  const once = (index: number): ChildCalls => ({ target: index, kind: 'fixed', amount: 1 });
  const harmless = { errors: [], parallel: false };
  const drawn = httpOperation(draws, isEntry ? 'shop' : 'service-a', 60);
  const operations: Operation[] = [
    ...around.operations,
    {
      ...drawn,
      ...harmless,
      own: drawOwnTime(draws, 15, 80),
      errors: errors > 0 ? [{ share: errors, status: '500', bursts: 0 }] : [],
      response: [...drawn.response, TARGET_FIELD, TARGET_ENUM],
      children: [once(read), once(service), once(write)],
      requests: isEntry ? calls : 0,
    },
    statement(draws, 100, false),
    { ...httpOperation(draws, 'service-z', 61), ...harmless },
    statement(draws, 101, true),
    statement(draws, 102, false),
    { ...httpOperation(draws, 'tracker', 62), ...harmless },
  ];
  if (!isEntry) {
    operations.push({
      ...httpOperation(draws, 'shop', 63),
      ...harmless,
      children: [once(target)],
      requests: calls,
    });
  }
  return {
    system: {
      ...around,
      ...withStream(draws, { ...around, operations }, target, TARGET_CONSUMER),
      exact: true,
    },
    roles: { target, read, service, write, spare, stranger },
    near: new Set(operations.slice(first).map(({ name }) => name)),
  };
}
