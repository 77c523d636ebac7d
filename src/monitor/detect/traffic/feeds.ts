import { type Rated, ratedOf } from './tally.ts';

const PUBLISHED = /^\S+ (?:PRODUCE|LPUSH|RPUSH) (?<topic>.+)$/;
const TAKEN = /^\S+ (?:FETCH|LPOP|RPOP|BLPOP|BRPOP) (?<topic>.+)$/;

/** What workloads take from topics and queues. */
export interface Feeds {
  /** The operations that publish what a workload takes, by who takes it: its work, as calls are a server's. */
  readonly published: ReadonlyMap<string, readonly Operation[]>;
  /** Where it takes them from, by who takes them. */
  readonly brokers: ReadonlyMap<string, ReadonlySet<string>>;
}

type Operation = Extract<Rated, { kind: 'operation' }>;

/** Feeds among what has a rate, by its names. */
export function feedsOf(names: Iterable<string>): Feeds {
  const published = new Map<string, Operation[]>();
  const taken: { caller: string; operation: string; topic: string }[] = [];
  const servers = new Map<string, string>();
  for (const name of names) {
    const rated = ratedOf(name);
    if (rated.kind === 'operation') {
      servers.set(rated.operation, rated.workload);
      const topic = topicOf(rated.operation, PUBLISHED);
      if (topic !== undefined) published.set(topic, [...(published.get(topic) ?? []), rated]);
    } else if (rated.kind === 'made') {
      const { caller, operation } = rated;
      const topic = topicOf(operation, TAKEN);
      if (topic !== undefined) taken.push({ caller, operation, topic });
    }
  }
  const byCaller = Map.groupBy(
    taken.filter(({ topic }) => published.has(topic)),
    ({ caller }) => caller,
  );
  return {
    published: mapped(byCaller, (all) => [
      ...new Set(all.flatMap(({ topic }) => published.get(topic) ?? [])),
    ]),
    brokers: mapped(
      byCaller,
      (all) => new Set(all.flatMap(({ operation }) => servers.get(operation) ?? [])),
    ),
  };
}

function topicOf(operation: string, of: RegExp): string | undefined {
  return of.exec(operation)?.groups?.topic;
}

function mapped<A, B>(map: ReadonlyMap<string, A>, of: (value: A) => B): Map<string, B> {
  return new Map([...map].map(([name, value]) => [name, of(value)]));
}
