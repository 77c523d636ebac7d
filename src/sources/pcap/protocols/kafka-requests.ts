import type { Fields } from '../wire/fields.ts';
import { KafkaFields } from './kafka-fields.ts';

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

/** Whether fields of a request, and of its answer, are compact and tagged. */
export function isFlexible(name: string, version: number): boolean {
  const api = [...APIS.values()].find((one) => one.name === name);
  return version >= (api?.flexible ?? 0);
}

/** The first version that names topics by ids alone. */
export const BY_ID = 13;

export function kafkaApi(key: number, version: number): string | undefined {
  const api = APIS.get(key);
  return api && version >= 0 && version <= api.newest ? api.name : undefined;
}

/** A topic of a request or an answer. */
export interface TopicPart {
  /** Empty where only its id is told. */
  readonly name: string;
  readonly id?: string;
  /** Those that a fetch asks for, or no longer does. */
  readonly partitions?: readonly number[];
  /** Batches of records, partition by partition. */
  readonly batches: readonly Buffer[];
  /** The first error of a partition. */
  readonly error?: number;
}

/** Which topics a consumer asks for without naming them each time. KIP-227. */
export interface FetchSession {
  /** Whether the topics named are all of it, and not what changed. */
  readonly isWhole: boolean;
  readonly forgotten: readonly TopicPart[];
}

export interface Asking {
  readonly topics: readonly TopicPart[];
  readonly isAnswered: boolean;
  readonly session?: FetchSession;
}

/** What a request is about, as far as it is read: the topics of what is produced, fetched and asked about. */
export function topicsIn(name: string, version: number, fields: Fields): Asking {
  const reader = new KafkaFields(fields, isFlexible(name, version));
  reader.tags();
  if (name === 'PRODUCE') return produced(reader, version);
  if (name === 'FETCH') return fetched(reader, version);
  return { topics: name === 'METADATA' ? asked(reader, version) : [], isAnswered: true };
}

/** A topic with what `partition` reads of each partition. */
export function topicOf(
  reader: KafkaFields,
  isById: boolean,
  partition: () => { readonly number?: number; readonly error?: number; readonly batch?: Buffer },
): TopicPart {
  const name = isById ? '' : reader.text();
  const id = isById ? reader.uuid() : undefined;
  const parts = reader.list(() => {
    const part = partition();
    reader.tags();
    return part;
  });
  reader.tags();
  const error = parts.find((part) => part.error)?.error;
  return {
    name,
    ...(id !== undefined && { id }),
    ...(error !== undefined && { error }),
    partitions: parts.flatMap(({ number }) => number ?? []),
    batches: parts.flatMap(({ batch }) => (batch && batch.length > 0 ? [batch] : [])),
  };
}

function produced(reader: KafkaFields, version: number): Asking {
  if (version >= 3) reader.text();
  const acknowledgements = reader.fields.int16();
  reader.skip(4);
  const topics = reader.list(() =>
    topicOf(reader, version >= BY_ID, () => {
      reader.skip(4);
      return { batch: reader.records() };
    }),
  );
  return { topics, isAnswered: acknowledgements !== 0 };
}

function fetched(reader: KafkaFields, version: number): Asking {
  // From 15 on the replica is in a tagged field later on.
  reader.skip(version >= 15 ? 8 : 12);
  if (version >= 3) reader.skip(4);
  if (version >= 4) reader.skip(1);
  const epoch = version >= 7 ? reader.fields.bytes(8).readInt32BE(4) : -1;
  const partition = 16 + (version >= 5 ? 8 : 0) + (version >= 9 ? 4 : 0) + (version >= 12 ? 4 : 0);
  const list = (size: number) =>
    reader.list(() =>
      topicOf(reader, version >= BY_ID, () => {
        const number = reader.fields.int32();
        reader.skip(size - 4);
        return { number };
      }),
    );
  const topics = list(partition);
  if (epoch < 0) return { topics, isAnswered: true };
  const forgotten = reader.list(() => {
    const name = version >= BY_ID ? '' : reader.text();
    const id = version >= BY_ID ? reader.uuid() : undefined;
    const partitions = reader.list(() => reader.fields.int32());
    reader.tags();
    return { name, ...(id !== undefined && { id }), partitions, batches: [] };
  });
  return { topics, isAnswered: true, session: { isWhole: epoch === 0, forgotten } };
}

function asked(reader: KafkaFields, version: number): TopicPart[] {
  return reader.list(() => {
    const id = version >= 10 ? reader.uuid() : undefined;
    const name = reader.text();
    reader.tags();
    return { name, ...(id !== undefined && { id }), batches: [] };
  });
}
