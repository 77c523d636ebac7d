import type { Side } from '../conversation.ts';
import type { Fields } from '../wire/fields.ts';

/** How a method's fields say what it is about. */
interface Method {
  readonly name: string;
  readonly side: Side;
  /**
   * Names of its short texts, in order; `-` stands for two bytes, `#` for a reply code, `.` for a byte of
   * bits, `8` for a delivery's tag, `@` for that of a consumer.
   */
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
  readonly code: number | undefined;
  readonly bits: number;
  /** Of a delivery, which counts from 1 on in each channel. */
  readonly tag: number;
  readonly consumer: string;
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
  ['60 20', { ...asked, name: 'BASIC.CONSUME', layout: ['-', 'queue', '@', '.'] }],
  ['60 21', { ...answer, name: 'BASIC.CONSUME-OK', layout: ['@'], answers: 'BASIC.CONSUME' }],
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
      layout: ['#', 'reason', 'exchange', 'routingKey'],
      hasContent: true,
    },
  ],
  [
    '60 60',
    {
      name: 'BASIC.DELIVER',
      side: 'server',
      layout: ['@', '8', '.', 'exchange', 'routingKey'],
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

/** Methods that are no calls but tell how others ended. */
const TOLD_OF_OTHERS: ReadonlyMap<string, Pick<Method, 'name' | 'layout'>> = new Map([
  ['10 50', { name: 'CONNECTION.CLOSE', layout: ['#', 'reason'] }],
  ['20 40', { name: 'CHANNEL.CLOSE', layout: ['#', 'reason'] }],
  ['60 80', { name: 'BASIC.ACK', layout: ['8', '.'] }],
  ['60 90', { name: 'BASIC.REJECT', layout: ['8', '.'] }],
  ['60 120', { name: 'BASIC.NACK', layout: ['8', '.'] }],
  ['85 11', { name: 'CONFIRM.SELECT-OK', layout: [] }],
]);

export function methodNamed(classId: number, methodId: number): Method | undefined {
  return METHODS.get(`${classId} ${methodId}`);
}

/** The name of the method that a server closes a channel for. */
export function blamedIn(fields: Fields): string | undefined {
  fields.bytes(4 + 2);
  fields.bytes(fields.uint8());
  return methodNamed(fields.uint16(), fields.uint16())?.name;
}

/** Reads a method from behind its frame's head; undefined for one that is of the connection. */
export function readMethod(fields: Fields): ReadMethod | undefined {
  const id = `${fields.uint16()} ${fields.uint16()}`;
  const method: (Pick<Method, 'name' | 'layout'> & Partial<Method>) | undefined =
    METHODS.get(id) ?? TOLD_OF_OTHERS.get(id);
  if (!method) return undefined;
  const found: Record<string, string> = {};
  const told = { code: undefined as number | undefined, bits: 0, tag: 0, consumer: '' };
  for (const part of method.layout) {
    if (part === '-') fields.bytes(2);
    else if (part === '#') told.code = fields.uint16();
    else if (part === '.') told.bits = fields.uint8();
    else if (part === '8') told.tag = Number(fields.bytes(8).readBigUInt64BE());
    else {
      const text = fields.text(fields.uint8());
      if (part === '@') told.consumer = text;
      else found[part] = text;
    }
  }
  const { exchange, routingKey, queue } = found;
  return {
    ...told,
    name: method.name,
    path: queue ?? [exchange, routingKey].filter(Boolean).join('/'),
    fields: found,
    hasContent: method.hasContent ?? false,
    answers: method.answers,
    isAnswered: method.isAnswered ?? false,
  };
}
