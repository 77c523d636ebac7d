import type { Fields } from '../wire/fields.ts';

interface Api {
  readonly name: string;
  /** The newest version that is told from other bytes, and the first one with compact fields. */
  readonly newest: number;
  readonly flexible: number;
}

/** Requests by their keys. Kafka protocol guide, 'Api Keys'. */
const APIS: ReadonlyMap<number, Api> = new Map(
  (
    [
      [0, 'PRODUCE', 13, 9],
      [1, 'FETCH', 18, 12],
      [2, 'LISTOFFSETS', 11, 6],
      [3, 'METADATA', 13, 9],
      [8, 'OFFSETCOMMIT', 10, 8],
      [9, 'OFFSETFETCH', 10, 6],
      [10, 'FINDCOORDINATOR', 6, 3],
      [11, 'JOINGROUP', 9, 6],
      [12, 'HEARTBEAT', 4, 4],
      [13, 'LEAVEGROUP', 5, 4],
      [14, 'SYNCGROUP', 5, 4],
      [15, 'DESCRIBEGROUPS', 6, 5],
      [16, 'LISTGROUPS', 5, 3],
      [17, 'SASLHANDSHAKE', 1, 99],
      [18, 'APIVERSIONS', 4, 3],
      [19, 'CREATETOPICS', 7, 5],
      [20, 'DELETETOPICS', 6, 4],
      [21, 'DELETERECORDS', 2, 2],
      [22, 'INITPRODUCERID', 6, 2],
      [24, 'ADDPARTITIONSTOTXN', 5, 3],
      [25, 'ADDOFFSETSTOTXN', 4, 3],
      [26, 'ENDTXN', 5, 3],
      [28, 'TXNOFFSETCOMMIT', 5, 3],
      [32, 'DESCRIBECONFIGS', 4, 4],
      [36, 'SASLAUTHENTICATE', 2, 2],
      [37, 'CREATEPARTITIONS', 3, 2],
      [42, 'DELETEGROUPS', 2, 2],
      [60, 'DESCRIBECLUSTER', 2, 0],
      [68, 'CONSUMERGROUPHEARTBEAT', 1, 0],
    ] as const
  ).map(([key, name, newest, flexible]) => [key, { name, newest, flexible }]),
);

export function kafkaApi(key: number, version: number): string | undefined {
  const api = APIS.get(key);
  return api && version >= 0 && version <= api.newest ? api.name : undefined;
}

const MAX_TOPICS = 100;

/** What a request is about, as far as it is read: the topics of what is produced, fetched and asked about. */
export function topicsIn(
  name: string,
  version: number,
  fields: Fields,
): { readonly topics: readonly string[]; readonly isAnswered: boolean } {
  const flexible = [...APIS.values()].find((api) => api.name === name)?.flexible ?? 0;
  const reader = new KafkaFields(fields, version >= flexible);
  reader.tags();
  if (name === 'PRODUCE') return produced(reader, version);
  const topics =
    name === 'FETCH' ? fetched(reader, version) : name === 'METADATA' ? asked(reader, version) : [];
  return { topics, isAnswered: true };
}

function produced(reader: KafkaFields, version: number) {
  if (version >= 3) reader.text();
  const acknowledgements = reader.fields.int16();
  reader.fields.int32();
  // From 13 on a topic is named by an id.
  const topics =
    version >= 13 ? [] : reader.list(() => reader.partitioned(() => reader.skipBytes()));
  return { topics, isAnswered: acknowledgements !== 0 };
}

function fetched(reader: KafkaFields, version: number): readonly string[] {
  // From 13 on a topic is named by an id, and 12 drops the replica for a tagged field later on.
  if (version >= 13) return [];
  reader.fields.bytes(12);
  if (version >= 3) reader.fields.bytes(4);
  if (version >= 4) reader.fields.bytes(1);
  if (version >= 7) reader.fields.bytes(8);
  const partition = 16 + (version >= 5 ? 8 : 0) + (version >= 9 ? 4 : 0) + (version >= 12 ? 4 : 0);
  return reader.list(() => reader.partitioned(() => reader.fields.bytes(partition)));
}

function asked(reader: KafkaFields, version: number): readonly string[] {
  return reader.list(() => {
    if (version >= 10) reader.fields.bytes(16);
    const topic = reader.text();
    reader.tags();
    return topic;
  });
}

/** Fields in the form of a version: plain, or compact and tagged. */
class KafkaFields {
  readonly fields: Fields;
  readonly #isFlexible: boolean;

  constructor(fields: Fields, isFlexible: boolean) {
    this.fields = fields;
    this.#isFlexible = isFlexible;
  }

  text(): string {
    const length = this.#isFlexible ? this.#varint() - 1 : this.fields.int16();
    return this.fields.text(Math.max(0, length));
  }

  skipBytes(): void {
    // Partition, then records, of which a long message has only the beginning.
    this.fields.int32();
    const length = this.#isFlexible ? this.#varint() - 1 : this.fields.int32();
    this.fields.bytes(Math.min(Math.max(0, length), this.fields.left));
  }

  /** A topic with its partitions. */
  partitioned(partition: () => void): string {
    const topic = this.text();
    this.list(() => {
      partition();
      this.tags();
    });
    this.tags();
    return topic;
  }

  /** Ends without complaint where a long message does. */
  list<T>(item: () => T): T[] {
    const count = this.#isFlexible ? this.#varint() - 1 : this.fields.int32();
    const items: T[] = [];
    for (let i = 0; i < count && i < MAX_TOPICS && this.fields.left > 0; i++) items.push(item());
    return items;
  }

  tags(): void {
    if (!this.#isFlexible || this.fields.left === 0) return;
    const count = this.#varint();
    for (let i = 0; i < count; i++) {
      this.#varint();
      this.fields.bytes(this.#varint());
    }
  }

  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.fields.uint8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('a number that long');
  }
}
