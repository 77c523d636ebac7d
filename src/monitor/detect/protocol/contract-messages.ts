import { formatOperation } from '../../../calls/operation.ts';
import { MessageProfile, type MessageSide } from '../../../profile/message.ts';
import type { SlotView } from '../../measure/slot-view.ts';

/** A status of any protocol; what is none may hold anything. */
const STATUS = /^[\w .()-]{1,40}$/;

/** The messages of one kind in a slot: the requests of an operation, or its responses of a status. */
export interface SlotMessage {
  readonly workload: string;
  /** Plain form. */
  readonly operation: string;
  readonly side: MessageSide;
  /** Of a response. */
  readonly status?: string;
  readonly message: MessageProfile;
}

/** One key a kind of message. */
function messageKey({ operation, side, status = '' }: Omit<SlotMessage, 'message'>): string {
  return `${operation}\n${side} ${status}`;
}

/** The messages of a slot, by key. Nothing of the view's profile is changed. */
export function messagesOf(view: SlotView): ReadonlyMap<string, SlotMessage> {
  const messages = new Map<string, SlotMessage>();
  const own = new Set<string>();
  const add = (found: SlotMessage) => {
    const key = messageKey(found);
    const known = messages.get(key);
    if (!known) {
      messages.set(key, found);
      return;
    }
    const sum = own.has(key) ? known.message : sumOf(known.message);
    sum.merge(found.message);
    own.add(key);
    messages.set(key, { ...known, message: sum });
  };
  for (const { family, operations } of view.profile.families) {
    const { workload, method } = family;
    for (const [segments, stats] of operations.leaves()) {
      const operation = nameIn(view, formatOperation(family, segments), `${workload} ${method}`);
      add({ workload, operation, side: 'request', message: stats.request });
      for (const [status, { response }] of stats.statuses) {
        if (!STATUS.test(status)) continue;
        add({ workload, operation, side: 'response', status, message: response });
      }
    }
  }
  return messages;
}

/** A family that has too many operations is one. */
function nameIn({ operations }: SlotView, operation: string, family: string): string {
  const whole = `${family} {any}`;
  return !operations.has(operation) && operations.has(whole) ? whole : operation;
}

function sumOf(message: MessageProfile): MessageProfile {
  const sum = new MessageProfile();
  sum.merge(message);
  return sum;
}
