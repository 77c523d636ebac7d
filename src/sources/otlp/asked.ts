import { askedOfDatabase } from './asked-database.ts';
import { askedOfHttp } from './asked-http.ts';
import { askedOfQueue } from './asked-queue.ts';
import { askedOfRpc } from './asked-rpc.ts';
import type { Attributes, Span } from './span.ts';

/** What a call asks for and what became of it, in the words of records. */
export interface Asked {
  readonly protocol: string;
  readonly method: string;
  readonly path: string;
  readonly status: string | undefined;
  /** Sent to a broker rather than to who takes it. */
  readonly message: boolean;
}

/** What one span says. */
export interface Told {
  readonly attributes: Attributes;
  readonly name: string;
  readonly failed: boolean;
}

/** The protocol of a call of which no convention tells it. */
export const UNNAMED = 'span';

/**
 * What a call asks for, by the semantic conventions. The callee's span tells what arrived; the caller's
 * what the callee's doesn't, and alone what became of a call that never arrived.
 */
export function askedOf(exit: Span | undefined, entry: Span | undefined): Asked {
  const told: Told = {
    attributes: { ...exit?.attributes, ...entry?.attributes },
    name: (entry ?? exit)?.name ?? '',
    failed: (exit ?? entry)?.failed ?? false,
  };
  return (
    askedOfQueue(told, entry !== undefined && exit === undefined) ??
    askedOfDatabase(told) ??
    askedOfRpc(told) ??
    askedOfHttp(told) ?? {
      protocol: UNNAMED,
      method: 'CALL',
      path: told.name,
      status: told.failed ? (told.attributes['error.type'] ?? 'ERROR') : 'OK',
      message: false,
    }
  );
}
