import type { SpanGaps, SpanState } from '../calls/span-gaps.ts';
import { text } from './record-fields.ts';

const MAX_NAME = 253;

/** What a record made of a trace tells of the spans around its call. */
export function spanGaps({
  handled,
  caller,
  callee,
  peer,
}: Readonly<Record<string, unknown>>): SpanGaps {
  return {
    handled: state(handled),
    caller: state(caller),
    callee: state(callee),
    peer: text(peer, MAX_NAME),
  };
}

function state(raw: unknown): SpanState | undefined {
  return raw === 'there' || raw === 'lost' ? raw : undefined;
}
