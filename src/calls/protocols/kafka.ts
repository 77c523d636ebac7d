import { nameToken } from './name.ts';
import type { Protocol } from './protocol.ts';
import { methodOf, objectOf, textMember } from './text.ts';

const writes = /^(?:PRODUCE|CREATE|DELETE|ALTER|INCREMENTALALTER|WRITETXN|ADDPARTITIONS|ENDTXN)/;

/** Kafka: API and topic; a partition (`orders[3]`) is not part of the topic. Committing an offset is no mutation. */
export const kafka: Protocol = (call) => {
  const method = methodOf(call.method);
  const topic =
    call.path.trim().replace(/^\/+/, '') ||
    (textMember(objectOf(call.requestBody), 'topic', 'topicName', 'name') ?? '');
  const name = topic.slice(0, 255).replace(/\[\d+\]$/, '');
  return {
    method,
    separator: '',
    segments: name === '' ? [] : [nameToken(name, '.')],
    mutation: writes.test(method.replace(/[_.-]/g, '')),
  };
};
