import type { Fields } from './postgres-messages.ts';
import type { Column } from './postgres-values.ts';

export interface Statement {
  readonly sql: string;
  columns: readonly Column[];
}

/** A statement with its parameters, ready to be run. */
export interface Portal {
  readonly statement: Statement;
  readonly params: readonly (string | null)[];
}

export const nothing: Portal = { statement: { sql: '', columns: [] }, params: [] };

/** The prepared statements and portals of one session, by name. */
export class Statements {
  readonly #statements = new Map<string, Statement>();
  readonly #portals = new Map<string, Portal>();

  /** A Parse message. */
  parse(fields: Fields): void {
    this.#statements.set(fields.text(), { sql: fields.text(), columns: [] });
  }

  /** A Bind message. */
  bind(fields: Fields): void {
    const portal = fields.text();
    const statement = this.#statements.get(fields.text()) ?? nothing.statement;
    const formats = fields.list(() => fields.int16());
    const values = fields.list(() => fields.value());
    const params = values.map((value, at) => {
      const binary = (formats.length === 1 ? formats[0] : formats[at]) === 1;
      return value === null ? null : value.toString(binary ? 'base64' : 'utf8');
    });
    this.#portals.set(portal, { statement, params });
  }

  /** What a Describe message asks about: a portal's statement, or one by its name. */
  described(fields: Fields): Portal {
    const kind = fields.byte();
    const name = fields.text();
    const statement =
      kind === 'P' ? this.#portals.get(name)?.statement : this.#statements.get(name);
    return { statement: statement ?? { sql: '', columns: [] }, params: [] };
  }

  /** What an Execute message runs. */
  executed(fields: Fields): Portal | undefined {
    return this.#portals.get(fields.text());
  }
}
