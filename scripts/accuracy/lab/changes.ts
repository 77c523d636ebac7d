import { Draws } from './draws.ts';
import type { Field } from './fields.ts';
import { ownTime } from './own-time.ts';
import type { ChildCalls, Operation, System } from './system.ts';
import { TARGET_CONSUMER, TARGET_ENUM, TARGET_FIELD, type Target } from './target.ts';

/** One seeded change of a size. */
export interface Change {
  readonly name: string;
  /** Share of the target's calls that fail before it. */
  readonly errorsBefore: number;
  /** What the rules begin with that name it. */
  readonly family: 'schema' | 'error' | 'latency' | 'call' | 'header';
  /** The workload whose own work it changes; else it changes the target. */
  readonly consumer?: string;
  readonly apply: (target: Target) => System;
}

/** Share of the calls that `slower tail` slows down: the slowest. */
const TAIL_SHARE = 0.08;

export const CHANGES: readonly Change[] = [
  schema('field removed', (fields) => fields.filter(({ name }) => name !== TARGET_FIELD.name)),
  ...[0.1, 0.3].map((share) =>
    schema(`field missing in ${100 * share} %`, replace(TARGET_FIELD, { presence: 1 - share })),
  ),
  schema('type changed', replace(TARGET_FIELD, { kind: 'text' })),
  ...[0.02, 0.05, 0.1, 0.3, 1].map((share) =>
    schema(`null in ${100 * share} %`, replace(TARGET_FIELD, { nulls: share })),
  ),
  // The second of five has a share of 26 %, the fourth one of 6 %.
  schema('enum value added in 6 %', replace(TARGET_ENUM, { members: withMember(3) })),
  schema('enum value added in 26 %', replace(TARGET_ENUM, { members: withMember(1) })),
  ...[0.01, 0.02, 0.05, 0.1].map((share) => errors(`new 5xx in ${100 * share} %`, 0, share)),
  ...[0.02, 0.03, 0.05].map((share) => errors(`5xx from 1 to ${100 * share} %`, 0.01, share)),
  ...[1.1, 1.2, 1.5, 2, 4].map((factor) => slower(`P95 × ${factor}`, factor, 1)),
  slower('slowest 8 % × 4', 4, TAIL_SHARE),
  children('call made twice', ([read, service, write]) => [{ ...read, amount: 2 }, service, write]),
  children('call missing', ([read, service]) => [read, service]),
  children('call extra', (all, { spare }) => [...all, { ...all[0], target: spare }]),
  children('new destination', (all, { stranger }) => [...all, { ...all[0], target: stranger }]),
  children('order swapped', ([read, service, write]) => [service, read, write]),
  events("a consumer's call missing", ([, ...others]) => others),
  events("a consumer's call made twice", ([first, ...others]) => [first, first, ...others]),
  {
    name: 'header lost',
    errorsBefore: 0,
    family: 'header',
    apply: change(({ headers }) => ({
      headers: headers.filter(([name]) => name !== 'cache-control'),
    })),
  },
];

function change(
  make: (operation: Operation, roles: Target['roles']) => Partial<Operation>,
): Change['apply'] {
  return ({ system, roles }) => ({
    ...system,
    operations: system.operations.map((operation, i) =>
      i === roles.target ? { ...operation, ...make(operation, roles) } : operation,
    ),
  });
}

function schema(
  name: string,
  make: (fields: Operation['response']) => Operation['response'],
): Change {
  const apply = change(({ response }) => ({ response: make(response) }));
  return { name, errorsBefore: 0, family: 'schema', apply };
}

function replace(
  one: Field,
  by: Partial<Field>,
): (fields: Operation['response']) => Operation['response'] {
  return (fields) => fields.map((field) => (field.name === one.name ? { ...field, ...by } : field));
}

function withMember(at: number): string[] {
  return (TARGET_ENUM.members ?? []).toSpliced(at, 0, 'returned');
}

function errors(name: string, errorsBefore: number, share: number): Change {
  const apply = change(() => ({ errors: [{ share, status: '500', bursts: 0 }] }));
  return { name, errorsBefore, family: 'error', apply };
}

/** A wait in proportion to what the call took, on all calls or on those with the longest own times. */
function slower(name: string, factor: number, share: number): Change {
  const apply = change(({ own }) => ({
    slowdown: { factor, above: share === 1 ? 0 : slowest(own, share) },
  }));
  return { name, errorsBefore: 0, family: 'latency', apply };
}

/** The own time that a share of the calls exceeds. */
function slowest(own: Operation['own'], share: number): number {
  const draws = new Draws('slowest');
  const times = Float64Array.from({ length: 10_000 }, () => ownTime(own, draws)).sort();
  return times[Math.floor((1 - share) * times.length)] as number;
}

type Work = readonly [ChildCalls, ...ChildCalls[]];

function events(name: string, make: (work: Work) => readonly ChildCalls[]): Change {
  const apply = ({ system }: Target): System => ({
    ...system,
    streams: system.streams.map((stream) =>
      stream.consumer === TARGET_CONSUMER ? { ...stream, work: make(stream.work as Work) } : stream,
    ),
  });
  return { name, errorsBefore: 0, family: 'call', consumer: TARGET_CONSUMER, apply };
}

type Three = readonly [ChildCalls, ChildCalls, ChildCalls];

function children(
  name: string,
  make: (all: Three, roles: Target['roles']) => readonly ChildCalls[],
): Change {
  const apply = change((operation, roles) => ({
    children: [
      ...make(operation.children.slice(0, 3) as unknown as Three, roles),
      ...operation.children.slice(3),
    ],
  }));
  return { name, errorsBefore: 0, family: 'call', apply };
}
