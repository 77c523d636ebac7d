import type { Fields } from '../wire/fields.ts';
import { type Column, readValue } from './postgresql-values.ts';

/** A statement, whose text is undefined where it was prepared before the capture began. */
export interface Statement {
  readonly sql: string | undefined;
  columns: readonly Column[];
}

/** A statement with its parameters, ready to be run. */
export interface Portal {
  readonly statement: Statement;
  readonly params: readonly (string | null)[];
}

/** More are not kept: those known longest are forgotten. */
const MAX_KEPT = 5_000;

/** The prepared statements and portals of one session, by name. */
export class Statements {
  readonly #statements = new Map<string, Statement>();
  readonly #portals = new Map<string, Portal>();

  /** A Parse message. */
  parse(fields: Fields): void {
    const name = fields.zeroText();
    keep(this.#statements, name, { sql: fields.zeroText(), columns: [] });
  }

  /** A Bind message. */
  bind(fields: Fields): void {
    const portal = fields.zeroText();
    const statement = this.#statement(fields.zeroText());
    const formats = fields.list(fields.int16(), () => fields.int16());
    let at = 0;
    const params = fields.list(fields.int16(), () => {
      const isBinary = (formats.length === 1 ? formats[0] : formats[at]) === 1;
      at++;
      return readValue(fields)?.toString(isBinary ? 'base64' : 'utf8') ?? null;
    });
    keep(this.#portals, portal, { statement, params });
  }

  /** What a Describe message asks about: a portal's statement, or one by its name. */
  described(fields: Fields): Statement {
    const kind = fields.text(1);
    const name = fields.zeroText();
    const portal = kind === 'P' ? this.#portals.get(name) : undefined;
    return portal?.statement ?? this.#statement(name);
  }

  /** What an Execute message runs. */
  executed(fields: Fields): Portal {
    const portal = this.#portals.get(fields.zeroText());
    return portal ?? { statement: { sql: undefined, columns: [] }, params: [] };
  }

  /** One from before the capture is known from here on, without its text. */
  #statement(name: string): Statement {
    const known = this.#statements.get(name);
    if (known) return known;
    const unknown: Statement = { sql: undefined, columns: [] };
    keep(this.#statements, name, unknown);
    return unknown;
  }
}

function keep<T>(map: Map<string, T>, name: string, value: T): void {
  map.delete(name);
  map.set(name, value);
  if (map.size > MAX_KEPT) map.delete(map.keys().next().value as string);
}
