import type { Side } from '../conversation.ts';
import type { Fields } from '../wire/fields.ts';

/** How a method's fields say what it is about. */
interface Method {
  readonly name: string;
  readonly side: Side;
  /** Names of its short texts, in order; `-` stands for two bytes, `.` for one, `8` for eight. */
  readonly layout: readonly string[];
  readonly hasContent?: true;
  /** The method that it answers. */
  readonly answers?: string;
  readonly isAnswered?: true;
}

/** What one method says. */
export interface ReadMethod {
  readonly name: string;
  /** Exchange and routing key, or queue. */
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly hasContent: boolean;
  readonly answers: string | undefined;
  readonly isAnswered: boolean;
}

const asked = { side: 'client', isAnswered: true } as const;
const answer = { side: 'server', layout: [] } as const;

/** Methods that say what an application does, by class and method; those of a connection or a channel are left out. */
const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['40 10', { ...asked, name: 'EXCHANGE.DECLARE', layout: ['-', 'exchange', 'type'] }],
  ['40 11', { ...answer, name: 'EXCHANGE.DECLARE-OK', answers: 'EXCHANGE.DECLARE' }],
  ['40 20', { ...asked, name: 'EXCHANGE.DELETE', layout: ['-', 'exchange'] }],
  ['40 21', { ...answer, name: 'EXCHANGE.DELETE-OK', answers: 'EXCHANGE.DELETE' }],
  ['50 10', { ...asked, name: 'QUEUE.DECLARE', layout: ['-', 'queue'] }],
  ['50 11', { ...answer, name: 'QUEUE.DECLARE-OK', layout: ['queue'], answers: 'QUEUE.DECLARE' }],
  ['50 20', { ...asked, name: 'QUEUE.BIND', layout: ['-', 'queue', 'exchange', 'routingKey'] }],
  ['50 21', { ...answer, name: 'QUEUE.BIND-OK', answers: 'QUEUE.BIND' }],
  ['50 30', { ...asked, name: 'QUEUE.PURGE', layout: ['-', 'queue'] }],
  ['50 31', { ...answer, name: 'QUEUE.PURGE-OK', answers: 'QUEUE.PURGE' }],
  ['50 40', { ...asked, name: 'QUEUE.DELETE', layout: ['-', 'queue'] }],
  ['50 41', { ...answer, name: 'QUEUE.DELETE-OK', answers: 'QUEUE.DELETE' }],
  ['60 20', { ...asked, name: 'BASIC.CONSUME', layout: ['-', 'queue'] }],
  ['60 21', { ...answer, name: 'BASIC.CONSUME-OK', answers: 'BASIC.CONSUME' }],
  [
    '60 40',
    {
      name: 'BASIC.PUBLISH',
      side: 'client',
      layout: ['-', 'exchange', 'routingKey'],
      hasContent: true,
    },
  ],
  [
    '60 50',
    {
      name: 'BASIC.RETURN',
      side: 'server',
      layout: ['-', 'reason', 'exchange', 'routingKey'],
      hasContent: true,
    },
  ],
  [
    '60 60',
    {
      name: 'BASIC.DELIVER',
      side: 'server',
      layout: ['', '8', '.', 'exchange', 'routingKey'],
      hasContent: true,
    },
  ],
  ['60 70', { ...asked, name: 'BASIC.GET', layout: ['-', 'queue'] }],
  ['60 71', { ...answer, name: 'BASIC.GET-OK', answers: 'BASIC.GET', hasContent: true }],
  ['60 72', { ...answer, name: 'BASIC.GET-EMPTY', answers: 'BASIC.GET' }],
  ['90 20', { ...asked, name: 'TX.COMMIT', layout: [] }],
  ['90 21', { ...answer, name: 'TX.COMMIT-OK', answers: 'TX.COMMIT' }],
  ['90 30', { ...asked, name: 'TX.ROLLBACK', layout: [] }],
  ['90 31', { ...answer, name: 'TX.ROLLBACK-OK', answers: 'TX.ROLLBACK' }],
]);

export function methodNamed(classId: number, methodId: number): Method | undefined {
  return METHODS.get(`${classId} ${methodId}`);
}

/** Reads a method from behind its frame's head; undefined for one that is of the connection. */
export function readMethod(fields: Fields): ReadMethod | undefined {
  const method = methodNamed(fields.uint16(), fields.uint16());
  if (!method) return undefined;
  const found: Record<string, string> = {};
  for (const part of method.layout) {
    if (part === '-') fields.bytes(2);
    else if (part === '.') fields.bytes(1);
    else if (part === '8') fields.bytes(8);
    else {
      const text = fields.text(fields.uint8());
      if (part !== '') found[part] = text;
    }
  }
  const { exchange, routingKey, queue } = found;
  return {
    name: method.name,
    path: queue ?? [exchange, routingKey].filter(Boolean).join('/'),
    fields: found,
    hasContent: method.hasContent ?? false,
    answers: method.answers,
    isAnswered: method.isAnswered ?? false,
  };
}
