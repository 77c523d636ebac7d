import type { SeededEvent, Trouble } from './events.ts';
import type { Operation } from './operation.ts';

/** What goes wrong at an operation at a moment. */
export interface Wrong {
  readonly outage: boolean;
  /** Added to the share of failing calls. */
  readonly errors: number;
  readonly slow: number;
  readonly schema: string | undefined;
  readonly query: string | undefined;
}

const NOTHING: Wrong = { outage: false, errors: 0, slow: 1, schema: undefined, query: undefined };

/** The seeded events, found by what a call needs to know. */
export class Troubles {
  readonly events: readonly SeededEvent[];
  readonly #by: ReadonlyMap<string, readonly SeededEvent[]>;

  constructor(events: readonly SeededEvent[]) {
    this.events = events;
    this.#by = Map.groupBy(events, ({ workload }) => workload);
  }

  at(operation: Operation, ts: number): Wrong {
    const mine = this.#by.get(operation.server);
    if (!mine) return NOTHING;
    let wrong = NOTHING;
    for (const event of mine) {
      if (!fits(event, operation, ts)) continue;
      const { trouble, onset, end } = event;
      const into = (ts - onset) / (end - onset);
      wrong = { ...wrong, ...effectOf(trouble, into) };
    }
    return wrong;
  }

  /** Whether nobody calls the workload now. */
  silent({ server }: Operation, ts: number): boolean {
    return this.#now(server, ts, 'silence').length > 0;
  }

  /** Whether this caller leaves out its authorization. */
  unauthorised(operation: Operation, caller: string | undefined, ts: number): boolean {
    return this.#now(operation.server, ts, 'unauthorised').some(
      (event) => event.operation === operation.name && event.caller === caller,
    );
  }

  #now(server: string, ts: number, kind: Trouble['kind']): readonly SeededEvent[] {
    const mine = this.#by.get(server) ?? [];
    return mine.filter(
      ({ trouble, onset, end }) => trouble.kind === kind && ts >= onset && ts < end,
    );
  }
}

function fits(event: SeededEvent, { name }: Operation, ts: number): boolean {
  return ts >= event.onset && ts < event.end && (event.operation ?? name) === name;
}

function effectOf(trouble: Trouble, into: number): Partial<Wrong> {
  switch (trouble.kind) {
    case 'outage':
      return { outage: true };
    case 'errors':
      return { errors: trouble.share };
    case 'slow':
      return { slow: trouble.times };
    case 'leak':
      return { slow: 1 + (trouble.times - 1) * into };
    case 'schema':
      return { schema: trouble.field };
    case 'query':
      return { query: trouble.text };
    default:
      return {};
  }
}
