import type { Memory } from '../conversation.ts';
import { sealsOf } from './kafka-records.ts';
import type { Asking, TopicPart } from './kafka-requests.ts';

const MAX_NAMES = 10_000;
const KEY = 'kafka topic ';
const SEAL = 'kafka batch ';
/** Batches that are remembered of a connection, and of all: the rest is for names. */
const MAX_OF_ONE = 1000;
const MAX_SEALS = MAX_NAMES / 2;

/** Names of topics: clients say ids for them, and in a session of fetches nothing at all. */
export class KafkaTopics {
  readonly #memory: Memory;
  readonly #seals: string[] = [];
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

  /** Remembers what is produced under a name: who fetches it later may say its topic's id alone. */
  produced(topics: readonly TopicPart[]): void {
    for (const { name, batches } of topics) {
      for (const seal of name === '' ? [] : sealsOf(batches)) this.#remember(SEAL + seal, name);
    }
  }

  /** Learns the names of ids by what is fetched of them. */
  fetched(topics: readonly TopicPart[]): void {
    for (const topic of topics) {
      if (this.#nameOf(topic) !== '') continue;
      const names = sealsOf(topic.batches).map((seal) => this.#memory.get(SEAL + seal));
      const name = names.find((one) => one !== undefined && one !== '');
      if (name !== undefined) this.learn([{ ...topic, name }]);
    }
  }

  #remember(key: string, name: string): void {
    const known = this.#memory.get(key);
    // The same may be given to two topics, and tells nothing then.
    if (known !== undefined) this.#memory.set(key, known === name ? name : '');
    if (known !== undefined || (this.#seals.length === 0 && this.#memory.size >= MAX_SEALS)) return;
    if (this.#seals.length >= MAX_OF_ONE || this.#memory.size >= MAX_SEALS) {
      this.#memory.delete(this.#seals.shift() as string);
    }
    this.#seals.push(key);
    this.#memory.set(key, name);
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
