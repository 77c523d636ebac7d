import type { Body } from './bodies.ts';
import { type Workload, workloadNamed } from './workloads.ts';

/** What is known of an operation before it is called. */
export interface Spec {
  /** Median of its own time, ms, and the log-deviation of it. */
  readonly ms: number;
  readonly spread?: number;
  /** Share of calls that fail by its own fault, and that are declined. */
  readonly fails?: number;
  readonly declines?: number;
  /** What a declined call is told. */
  readonly declined?: number;
  readonly takes?: Body;
  readonly gives?: Body;
  /** What it gives from a day on: a rollout added a field. */
  readonly gains?: { readonly day: number; readonly gives: Body };
  /** Whether callers send an authorization with it. */
  readonly secured?: boolean;
  /** SQL of a store's statement. */
  readonly sql?: string;
  /** Calls made while handling one: `[mean] NAME[?][!][~]`; see `Child`. */
  readonly calls?: readonly string[];
}

/** A call made while handling another. */
export interface Child {
  readonly operation: string;
  /** How many of it: whole ones, and a chance of one more. */
  readonly mean: number;
  /** `?`: the handling goes on without its answer. */
  readonly soft: boolean;
  /** `!`: is made once more when it failed. */
  readonly retried: boolean;
  /** `~`: is made a while after the answer, by a worker (`kafka`'s consumer), not awaited. */
  readonly later: boolean;
}

export interface Operation extends Spec {
  readonly index: number;
  readonly name: string;
  /** In the cluster; undefined for a host outside. */
  readonly workload: Workload | undefined;
  readonly server: string;
  readonly method: string;
  readonly path: string;
  readonly children: readonly Child[];
}

/** Makes operations from `WORKLOAD METHOD PATH` and what is known of each. */
export function operationsOf(specs: Readonly<Record<string, Spec>>): Map<string, Operation> {
  const operations = new Map<string, Operation>();
  for (const [name, spec] of Object.entries(specs)) {
    const [server = '', method = '', ...path] = name.split(' ');
    operations.set(name, {
      ...spec,
      ...{ name, server, method, workload: workloadNamed(server) },
      path: spec.sql ?? path.join(' '),
      index: operations.size,
      children: (spec.calls ?? []).map(childOf),
    });
  }
  for (const { name, children } of operations.values()) {
    for (const { operation } of children) {
      if (!operations.has(operation))
        throw new Error(`${name} calls ${operation}, which is unknown`);
    }
  }
  return operations;
}

function childOf(text: string): Child {
  const [, mean, operation = '', marks = ''] = /^(?:([\d.]+) )?(.*?)([?!~]*)$/.exec(text) ?? [];
  return {
    operation,
    mean: Number(mean ?? 1),
    soft: marks.includes('?'),
    retried: marks.includes('!'),
    later: marks.includes('~'),
  };
}
