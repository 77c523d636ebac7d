import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fingerprint, isSql } from '../../../src/calls/protocols/sql-fingerprint.ts';
import { sqlTokens } from '../../../src/calls/protocols/sql-tokens.ts';
import { targetOf } from '../../../src/calls/target.ts';
import { call, json } from '../../support/calls.ts';

const postgres = (sql: string) => fingerprint(sql, 'postgresql');
const mysql = (sql: string) => fingerprint(sql, 'mysql');

describe('a fingerprint', () => {
  test.each([
    ['SELECT a FROM t WHERE x = 5', 'a from t where x = ?'],
    ["select a from t where x = 'it''s' -- note", 'a from t where x = ?'],
    ['SELECT a FROM t WHERE x=$1 AND y=:name::int', 'a from t where x = ? and y = ?::int'],
    ['SELECT a FROM t WHERE x IN (1, 2,3)', 'a from t where x in (?+)'],
    ['SELECT a FROM t WHERE x IN($1)', 'a from t where x in (?+)'],
    ['SELECT a FROM t WHERE (x, y) IN ((1,2),(3,4))', 'a from t where (x, y) in ((?+)+)'],
    ['SELECT a FROM t WHERE x = ANY (ARRAY[1,2])', 'a from t where x = any (array[?+]+)'],
    ['SELECT a FROM t WHERE x = -1.5e3 OR y - 1 > 0', 'a from t where x = ? or y - ? > ?'],
    ['SELECT a FROM t WHERE b IS NOT NULL AND c = NULL', 'a from t where b is not null and c = ?'],
    ['SELECT "A", "b c", "plain" FROM "T"', '"A", "b c", plain from "T"'],
    ["SELECT E'a\\'b', $$x'y$$, $q$z$q$ FROM t", '?, ?, ? from t'],
    ['SELECT /* a /* nested */ comment */ 1', '?'],
    ["SELECT d->>'k' FROM t WHERE d @> '{}'", 'd ->> ? from t where d @> ?'],
    ['SELECT count(*) , lower( name ) FROM s.t', 'count(*), lower(name) from s.t'],
    ['SELECT a FROM orders_2024_01 JOIN tmp_991', 'a from orders_?_? join tmp_?'],
    ['SELECT a FROM address WHERE line_2 = 1', 'a from address where line_2 = ?'],
    ['SELECT é FROM größe AS 😀', 'é from größe as 😀'],
    ['SELECT a😀b, \u{6d6e2} FROM t', 'a😀b, \u{6d6e2} from t'],
  ])('%s', (sql, text) => expect(postgres(sql).text).toBe(text));

  test.each([
    [
      'SELECT `a` FROM `t` WHERE x = "it\\"s" # note\n AND y = 0x1F',
      'a from t where x = ? and y = ?',
    ],
    ["/*!40101 SET NAMES 'utf8' */", 'names ?'],
    ["SELECT 'a\\'b' FROM t", '? from t'],
  ])('of MySQL: %s', (sql, text) => expect(mysql(sql).text).toBe(text));

  test('rows of VALUES are one, whatever is in them', () => {
    const one = postgres("INSERT INTO t (a, b) VALUES (1, 'x')");
    expect(postgres("INSERT INTO t(a,b) VALUES (1,'x'),(2,NULL),($1,$2)")).toEqual(one);
    expect(one.text).toBe('into t(a, b) values (?+)');
  });

  test.each([
    ['SELECT 1', 'SELECT', false],
    ['SELECT a FROM t FOR UPDATE', 'SELECT', false],
    ['WITH x AS (SELECT 1) SELECT * FROM x', 'SELECT', false],
    ['WITH x AS (INSERT INTO t VALUES (1) RETURNING id) SELECT * FROM x', 'SELECT', true],
    ['WITH x AS (SELECT 1) UPDATE t SET a = 1', 'UPDATE', true],
    ['SELECT a INTO backup FROM t', 'SELECT', true],
    ['UPDATE t SET a = 1', 'UPDATE', true],
    ['COPY t FROM STDIN', 'COPY', true],
    ['COPY t TO STDOUT', 'COPY', false],
    ['BEGIN', 'BEGIN', false],
    ['COMMIT;', 'COMMIT', false],
    ['SELECT 1; DELETE FROM t', 'SELECT', true],
    ['CREATE TABLE t (a int NOT NULL)', 'CREATE', true],
  ])('%s: verb %s, mutation %s', (sql, verb, mutation) => {
    expect(postgres(sql)).toMatchObject({ verb, mutation });
  });

  test('names of savepoints and cursors are values', () => {
    expect(postgres('SAVEPOINT sp_one')).toEqual(postgres('SAVEPOINT other'));
    expect(postgres('ROLLBACK TO SAVEPOINT sp_one')).toEqual(
      postgres('ROLLBACK TO SAVEPOINT other'),
    );
    expect(postgres('RELEASE SAVEPOINT a')).toEqual(postgres('RELEASE SAVEPOINT b'));
  });

  test('does not depend on literals, spacing, case, comments and the length of lists', () => {
    const value = fc.oneof(
      fc.integer().map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.string().map((text) => `'${text.replaceAll("'", "''")}'`),
      fc.constantFrom('$1', '$12', 'NULL', 'true', '?', ':a', "E'x\\'y'", '$$ a $$', "X'1F'"),
    );
    const gap = fc.constantFrom(' ', '\n\t', ' /* c */ ', ' -- c\n');
    const word = (text: string) => fc.mixedCase(fc.constant(text));
    const statement = fc
      .tuple(
        word('select'),
        word('from orders where id'),
        word('in'),
        fc.array(value, { minLength: 1, maxLength: 9 }),
        value,
        gap,
      )
      .map(([select, from, inList, values, one, g]) =>
        [
          select,
          'a',
          from,
          '=',
          one,
          'and',
          'b',
          inList,
          `(${values.join(`,${g}`)})`,
          'limit',
          one,
        ].join(g),
      );
    fc.assert(
      fc.property(statement, (sql) => {
        expect(postgres(sql).text).toBe('a from orders where id = ? and b in (?+) limit ?');
      }),
    );
  });

  test.each(['postgresql', 'mysql'] as const)(
    'of %s is read to its end, whatever was sent',
    (dialect) => {
      const text = fc.string({ unit: 'binary', maxLength: 60 });
      fc.assert(
        fc.property(text, (sql) => {
          let read = 0;
          for (const token of sqlTokens(sql, dialect)) {
            expect(token.text).not.toBe('');
            expect(++read).toBeLessThanOrEqual(sql.length);
          }
        }),
        { numRuns: 1_000 },
      );
    },
  );

  test('holds no literal, however the statement ends', () => {
    fc.assert(
      fc.property(fc.nat(120), (cut) => {
        const sql =
          "SELECT a FROM t WHERE name = 'hunter2' AND x IN ('hunter2', 'hunter2') AND y = 'hunter2'";
        expect(postgres(sql.slice(0, cut)).text).not.toContain('hunter2');
      }),
    );
  });
});

describe('a call', () => {
  test.each([
    [{ method: 'SELECT', path: 'SELECT a FROM t WHERE x = 1' }],
    [{ method: 'QUERY', path: '', requestBody: json({ query: 'SELECT a FROM t WHERE x = 1' }) }],
    [
      {
        method: 'QUERY',
        path: '/shop',
        requestBody: json({ statement: 'select a from t where x=2' }),
      },
    ],
    [
      {
        method: 'QUERY',
        path: 'shop',
        requestBody: { state: 'whole', text: 'SELECT a FROM t WHERE x = 1' },
      },
    ],
    [
      {
        method: 'Q',
        path: '',
        requestBody: { state: 'cut', text: '{"query":"SELECT a FROM t WHERE x = 1' },
      },
    ],
  ] as const)('%o has its statement', (given) => {
    const target = targetOf(call({ to: 'db', protocol: 'postgresql', ...given }));
    expect(target).toMatchObject({ method: 'SELECT', segments: ['=t', '=a from t where x = ?'] });
  });

  test('without a statement keeps its method and database', () => {
    const target = targetOf(call({ to: 'db', protocol: 'mysql', method: 'PING', path: '/shop' }));
    expect(target).toMatchObject({ method: 'PING', segments: ['=shop'], mutation: false });
  });

  test('what begins with a verb is SQL, a name is not', () => {
    expect(isSql(' /* x */ (select 1)')).toBe(true);
    expect(isSql('selected')).toBe(false);
    expect(isSql('orders')).toBe(false);
  });
});
