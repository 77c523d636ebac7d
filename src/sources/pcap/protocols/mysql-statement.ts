import { Fields } from '../wire/fields.ts';
import type { Description } from './mysql-answer.ts';
import { type Column, readBulk, readLength, readParameters } from './mysql-values.ts';

const HEAD = 4;
const BULK_EXECUTE = 250;
const COUNTS_PARAMETERS = 0x08;
/** Runs of one command that its call shows. */
const SHOWN_RUNS = 20;

/** A statement that was prepared, and what it was run with. */
export class MysqlStatement implements Description {
  readonly sql: string;
  id: number | undefined;
  parameterCount = 0;
  columns: Column[] = [];
  isRefused = false;
  readonly #types: Omit<Column, 'name'>[] = [];
  #isSentAhead = false;

  constructor(sql: string) {
    this.sql = sql;
  }

  fails(): void {
    this.isRefused = true;
  }

  /** A value is sent on its own, and is missing where the others are. */
  sendsAhead(): void {
    this.#isSentAhead = true;
  }

  /** The values of an EXECUTE; none where they can't be read. */
  parametersIn(command: Buffer): unknown[] {
    if (this.#isSentAhead || this.parameterCount === 0) return [];
    const fields = new Fields(command, HEAD + 5);
    try {
      if (command[HEAD] === BULK_EXECUTE) {
        return readBulk(fields, this.parameterCount, this.#types, SHOWN_RUNS);
      }
      const flags = fields.uint8();
      fields.bytes(4);
      // With a count come names; attributes stand behind the statement's own values.
      const areNamed = (flags & COUNTS_PARAMETERS) !== 0;
      const count = areNamed ? (readLength(fields) ?? 0) : this.parameterCount;
      return readParameters(fields, count, this.#types, areNamed).slice(0, this.parameterCount);
    } catch (error) {
      if (error instanceof RangeError) return [];
      throw error;
    }
  }
}
