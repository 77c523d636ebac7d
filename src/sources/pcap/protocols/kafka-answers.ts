import { Fields } from '../wire/fields.ts';
import { KafkaFields } from './kafka-fields.ts';
import { BY_ID, isFlexible, type TopicPart, topicOf } from './kafka-requests.ts';

/** Length and correlation id. */
const HEAD = 8;

/** The topics of an answer to PRODUCE, FETCH or METADATA; none of any other. Throws RangeError where it is cut. */
export function answeredTopics(name: string, version: number, answer: Buffer): TopicPart[] {
  const reader = new KafkaFields(new Fields(answer, HEAD), isFlexible(name, version));
  reader.tags();
  if (name === 'PRODUCE') return produced(reader, version);
  if (name === 'FETCH') return fetched(reader, version);
  return name === 'METADATA' && version >= 10 ? described(reader) : [];
}

function produced(reader: KafkaFields, version: number): TopicPart[] {
  return reader.list(() =>
    topicOf(reader, version >= BY_ID, () => {
      reader.skip(4);
      const error = reader.fields.int16();
      reader.skip(8 + (version >= 2 ? 8 : 0) + (version >= 5 ? 8 : 0));
      if (version < 8) return { error };
      reader.list(() => {
        reader.skip(4);
        reader.text();
        reader.tags();
      });
      reader.text();
      return { error };
    }),
  );
}

function fetched(reader: KafkaFields, version: number): TopicPart[] {
  // The error and id of the session: a session that is gone is begun anew.
  reader.skip((version >= 1 ? 4 : 0) + (version >= 7 ? 6 : 0));
  return reader.list(() =>
    topicOf(reader, version >= BY_ID, () => {
      reader.skip(4);
      const error = reader.fields.int16();
      reader.skip(8 + (version >= 4 ? 8 : 0) + (version >= 5 ? 8 : 0));
      if (version >= 4) {
        reader.list(() => {
          reader.skip(16);
          reader.tags();
        });
      }
      if (version >= 11) reader.skip(4);
      return { error, batch: reader.records() };
    }),
  );
}

/** Topics with their ids, from version 10 on. */
function described(reader: KafkaFields): TopicPart[] {
  reader.skip(4);
  reader.list(() => {
    reader.skip(4);
    reader.text();
    reader.skip(4);
    reader.text();
    reader.tags();
  });
  reader.text();
  reader.skip(4);
  return reader.list(() => {
    reader.skip(2);
    const name = reader.text();
    const id = reader.uuid();
    reader.skip(1);
    reader.list(() => {
      reader.skip(14);
      for (let i = 0; i < 3; i++) reader.list(() => reader.skip(4));
      reader.tags();
    });
    reader.skip(4);
    reader.tags();
    return { name, id, batches: [] };
  });
}
