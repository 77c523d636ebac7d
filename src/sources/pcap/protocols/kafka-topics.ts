import type { Memory } from '../conversation.ts';
import type { Asking, TopicPart } from './kafka-requests.ts';

const MAX_NAMES = 10_000;
const KEY = 'kafka topic ';

/** Names of topics: clients say ids for them, and in a session of fetches nothing at all. */
export class KafkaTopics {
  readonly #memory: Memory;
  readonly #session = new Map<string, { readonly topic: TopicPart; readonly left: Set<number> }>();

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** What a request asks for, with what its session has asked for before. */
  asked({ topics, session }: Asking): readonly TopicPart[] {
    if (!session) return topics;
    if (session.isWhole) this.#session.clear();
    for (const topic of topics) {
      const { left } = this.#session.get(keyOf(topic)) ?? { left: new Set() };
      for (const partition of topic.partitions ?? []) left.add(partition);
      this.#session.set(keyOf(topic), { topic, left });
    }
    for (const topic of session.forgotten) {
      const left = this.#session.get(keyOf(topic))?.left;
      for (const partition of topic.partitions ?? []) left?.delete(partition);
      if (left?.size === 0) this.#session.delete(keyOf(topic));
    }
    return [...this.#session.values()].map(({ topic }) => topic);
  }

  learn(topics: readonly TopicPart[]): void {
    for (const { name, id } of topics) {
      if (id !== undefined && name !== '' && this.#memory.size < MAX_NAMES) {
        this.#memory.set(KEY + id, name);
      }
    }
  }

  /** Topics by their names: a broker tells of one in several parts, as it comes to its partitions. */
  byName(topics: readonly TopicPart[]): Map<string, TopicPart> {
    const named = new Map<string, TopicPart>();
    for (const topic of topics) {
      const name = this.#nameOf(topic);
      const known = named.get(name);
      named.set(name, known ? together(known, topic) : topic);
    }
    return named;
  }

  #nameOf({ name, id }: TopicPart): string {
    return id === undefined || name !== '' ? name : (this.#memory.get(KEY + id) ?? '');
  }
}

function together(one: TopicPart, other: TopicPart): TopicPart {
  const error = one.error ?? other.error;
  return {
    ...one,
    partitions: [...(one.partitions ?? []), ...(other.partitions ?? [])],
    batches: [...one.batches, ...other.batches],
    ...(error !== undefined && { error }),
  };
}

function keyOf({ name, id }: TopicPart): string {
  return id ?? name;
}
