import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PostgresConversation } from '../../demo/tap/postgres.ts';
import { markSql } from '../../demo/tap/truth-marks.ts';
import {
  bindComplete,
  column,
  complete,
  dataRow,
  execute,
  failure,
  parse,
  parseComplete,
  query,
  ready,
  rowDescription,
  startup,
  sync,
} from './postgres-wire.ts';
import { type Crossing, fromClient, fromServer, hear, sizes } from './splits.ts';

const open = (emit: ConstructorParameters<typeof PostgresConversation>[0]) =>
  new PostgresConversation(emit);

const begun: Crossing[] = [fromClient(startup()), fromServer(ready)];

function simple(sql: string, rows: number): Crossing[] {
  const data = Array.from({ length: rows }, (_, at) => dataRow([String(at), null]));
  return [
    fromClient(query(sql)),
    fromServer(
      Buffer.concat([
        rowDescription([column('id', 23), column('note', 25)]),
        ...data,
        complete(`SELECT ${rows}`),
        ready,
      ]),
    ),
  ];
}

function extended(sql: string, params: readonly (string | null)[]): Crossing[] {
  return [
    fromClient(Buffer.concat([parse(sql), execute(params), sync])),
    fromServer(
      Buffer.concat([
        parseComplete,
        bindComplete,
        rowDescription([column('doc', 3802), column('ok', 16)]),
        dataRow(['{"a":1}', 't']),
        complete('SELECT 1'),
        ready,
      ]),
    ),
  ];
}

describe('PostgresConversation', () => {
  it('reads the same calls however the bytes are cut, by either protocol', () => {
    const param = fc.option(fc.string({ maxLength: 20, unit: 'grapheme' }));
    const statement = fc.oneof(
      fc.nat(3).map((rows) => ({ crossings: simple('SELECT id, note FROM a', rows), rows })),
      fc.array(param, { minLength: 1, maxLength: 4 }).map((params) => ({
        crossings: extended('SELECT doc FROM b WHERE c = $1', params),
        rows: 1,
      })),
    );
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 5 }), sizes, (all, cuts) => {
        const crossings = [...begun, ...all.flatMap((each) => each.crossings)];
        const heard = hear(open, crossings, cuts);
        expect(heard).toEqual(hear(open, crossings));
        expect(heard.map((h) => JSON.parse(h.responseBody).row_count)).toEqual(
          all.map((each) => each.rows),
        );
      }),
    );
  });

  it('tells text, parameters and rows', () => {
    const [one, two] = hear(open, [
      ...begun,
      ...simple('SELECT id, note FROM a', 1),
      ...extended('SELECT doc FROM b WHERE c = $1', ['x', null]),
    ]);
    expect(one).toMatchObject({
      proto: 'postgresql',
      method: 'SELECT',
      path: 'SELECT id, note FROM a',
      status: 0,
    });
    expect(JSON.parse(one?.responseBody ?? '')).toEqual({
      command: 'SELECT 1',
      row_count: 1,
      rows: [{ id: 0, note: null }],
    });
    expect(JSON.parse(two?.requestBody ?? '')).toEqual({
      query: 'SELECT doc FROM b WHERE c = $1',
      params: ['x', null],
    });
    expect(JSON.parse(two?.responseBody ?? '').rows).toEqual([{ doc: { a: 1 }, ok: true }]);
  });

  it('gives an error to the statement that failed and nothing to those skipped', () => {
    const failed = [
      fromClient(
        Buffer.concat([
          parse('INSERT INTO a'),
          execute(['1']),
          parse('SELECT 2'),
          execute([]),
          sync,
        ]),
      ),
      fromServer(Buffer.concat([parseComplete, bindComplete, failure('23505', 'twice'), ready])),
    ];
    const heard = hear(open, [...begun, ...failed, ...simple('SELECT 3', 0)], [5]);
    expect(heard.map((h) => [h.method, h.path, h.status])).toEqual([
      ['INSERT', 'INSERT INTO a', '23505'],
      ['SELECT', 'SELECT 3', 0],
    ]);
  });

  it('tells a start that the server refuses, and not one that it grants', () => {
    const refused = [fromClient(startup()), fromServer(failure('53300', 'too many connections'))];
    const [heard, ...others] = hear(open, refused, [3]);
    expect(heard).toMatchObject({ method: 'STARTUP', path: '', status: '53300' });
    expect(JSON.parse(heard?.requestBody ?? '')).toEqual({ user: 'shop' });
    expect(JSON.parse(heard?.responseBody ?? '')).toEqual({
      error: { code: '53300', message: 'too many connections' },
    });
    expect(heard?.requestSize).toBe(startup().length);
    expect(others).toEqual([]);
    expect(hear(open, begun)).toEqual([]);
  });

  it('passes over a refused encryption and reads nothing once it is granted', () => {
    const asked = Buffer.alloc(8);
    asked.writeInt32BE(8);
    asked.writeInt32BE(80877103, 4);
    const rest = [...begun, ...simple('SELECT 1', 1)];
    expect(hear(open, [fromClient(asked), fromServer('N'), ...rest], [1])).toHaveLength(1);
    expect(hear(open, [fromClient(asked), fromServer('S'), ...rest])).toHaveLength(0);
  });

  it('keeps the marks of the truth out of the record', () => {
    const sql = markSql('SELECT 1', { call: 'orders:7', cause: 'gw:3' });
    const [heard] = hear(open, [...begun, ...simple(sql, 1)]);
    expect(heard).toMatchObject({ path: 'SELECT 1', truth: { call: 'orders:7', cause: 'gw:3' } });
    expect(heard?.requestSize).toBe(query('SELECT 1').length);
    expect(heard?.requestBody).not.toContain('demo');
  });

  it('tells a statement without an answer as unanswered', () => {
    const [heard] = hear(open, [...begun, fromClient(query('SELECT pg_sleep(9)'))]);
    expect(heard).toMatchObject({ method: 'SELECT', status: undefined, end: undefined });
  });
});
