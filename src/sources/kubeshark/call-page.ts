import { z } from 'zod';
import { time } from '../record-fields.ts';
import type { HubClient } from './hub-client.ts';
import { HubFailure } from './hub-failure.ts';
import type { Window } from './options.ts';
import { PageCost } from './page-cost.ts';
import type { ToolArguments } from './transport.ts';

/** A call as listed, not yet read: the identity is all that paging needs. */
export interface RawCall {
  /** Node, id and time: ids are unique on their node until its worker starts again. */
  readonly key: string;
  readonly ts: number;
  readonly record: Readonly<Record<string, unknown>>;
}

export interface Page {
  readonly calls: readonly RawCall[];
  /** Records listed more than once. */
  readonly repeats: number;
  /** What the Hub says there is, repeats left out. */
  readonly total: number;
  readonly truncated: boolean;
}

/** Which calls: a window of time and the expressions they all match. */
export interface Query extends Window {
  readonly kfl: readonly string[];
}

const mostAnswers = 5;

const amount = z.coerce.number().nonnegative();
const listing = z.object({
  calls: z
    .array(z.record(z.string(), z.unknown()))
    .nullish()
    .transform((calls) => calls ?? []),
  total: amount.nullish(),
  truncated: z.boolean().nullish(),
});

/** How this Hub reads `start` and `end`: what to add for both to be inclusive. */
export interface Edges {
  readonly start: 0 | -1;
  readonly end: 0 | 1;
}

/** Asks for pages of calls of one database, and refuses answers that belong to another question. */
export class CallPages {
  readonly #hub: HubClient;
  readonly #db: string | undefined;
  readonly cost = new PageCost();
  edges: Edges = { start: 0, end: 0 };

  constructor(hub: HubClient, db: string | undefined) {
    this.#hub = hub;
    this.#db = db;
  }

  /** Up to `limit` calls. Throws HubFailure. */
  async page(query: Query, limit: number): Promise<Page> {
    const args: Record<string, string | number> = {
      limit,
      format: 'full',
      start: query.start + this.edges.start,
      end: query.end + this.edges.end,
    };
    if (query.kfl.length > 0) args.kfl = query.kfl.map((part) => `(${part}\n)`).join(' && ');
    if (this.#db !== undefined) args.db = this.#db;
    const shape = listing.transform((answer) => toPage(answer, query.start));
    const page = await this.#hub.call('list_api_calls', args as ToolArguments, shape, (answer) =>
      check(answer, query, limit),
    );
    this.cost.add(page.calls.map(({ record }) => record));
    return page;
  }

  /** What the Hub says matches, twice in a row; the largest answer when it never does. */
  async agreedCount(query: Query): Promise<number> {
    const answers = [await this.count(query)];
    while (answers.length < mostAnswers) {
      const answer = await this.count(query);
      if (answer === answers.at(-1)) return answer;
      answers.push(answer);
    }
    return Math.max(...answers);
  }

  /** What the Hub says matches; a zero is asked for twice, since a stale answer may be empty. */
  async count(query: Query): Promise<number> {
    const { total } = await this.page(query, 1);
    return total > 0 ? total : (await this.page(query, 1)).total;
  }
}

function toPage({ calls, total, truncated }: z.output<typeof listing>, start: number): Page {
  const unique = new Map<string, RawCall>();
  for (const record of calls) {
    const key = [record.node_id, record.id, record.ts].map(text).join('\0');
    if (!unique.has(key)) unique.set(key, { key, ts: time(record.ts) ?? start, record });
  }
  const repeats = calls.length - unique.size;
  return {
    calls: [...unique.values()],
    repeats,
    total: (total ?? calls.length) - repeats,
    truncated: truncated ?? (total ?? 0) > calls.length,
  };
}

const text = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** Stamps may be rounded: one millisecond outside is still an answer to this question. */
function check({ calls, total, repeats }: Page, { start, end }: Query, limit: number): void {
  if (calls.length + repeats > limit) {
    throw new HubFailure('garbage', 'the page is longer than asked for');
  }
  if (total < calls.length) {
    throw new HubFailure('garbage', `the total (${total}) is less than the page (${calls.length})`);
  }
  const alien = calls.find(({ ts }) => ts < start - 1 || ts > end + 1);
  if (alien) throw new HubFailure('garbage', 'the page is about another window');
}
