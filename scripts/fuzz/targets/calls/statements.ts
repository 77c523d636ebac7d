import { readOperation } from '../../../../src/calls/protocols/graphql-document.ts';
import { fingerprint } from '../../../../src/calls/protocols/sql-fingerprint.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

/** A place for a value in a statement. */
const VALUE = '@V@';
const DIALECTS = ['postgresql', 'mysql'] as const;

export const target: Target = {
  holds:
    'statements that differ in a value alone have one fingerprint, which holds neither value; a statement is read the same each time',
  seeds: () => [
    'select a, b from t where id = @V@ and c in (@V@, @V@) -- why',
    'insert into t (a, b) values (@V@, now()), (@V@, null) on conflict do nothing',
    'with x as (select 1) update t set a = @V@ from x where /* c */ t.id = x.id returning *',
    "begin; set search_path to a; select $1::text, E'\\n', $tag$ b $tag$; commit",
    'query Q($a: Int!) { user(id: $a) { name ...F } } fragment F on User { id } mutation { m }',
    '{ a b(x: "}") # c\n }',
  ],
  words: [
    VALUE,
    "'",
    '"',
    '`',
    '--',
    '/*',
    '*/',
    '$$',
    '$a$',
    '\\',
    '#',
    '::',
    'select',
    'values (',
  ],
  run: (input) => {
    const text = Buffer.from(input).toString('utf8');
    const operation = readOperation(text);
    same('a document is read the same', readOperation(text), operation);
    for (const dialect of DIALECTS) {
      const [one, other] = ["'4711aa'", "'0815b'"].map((value) =>
        fingerprint(text.replaceAll(VALUE, ` ${value} `), dialect),
      );
      // Inside quotes of the statement's own a value is a part of a name, or ends it.
      if (/["'`$\\]/.test(text)) continue;
      same('a value is no part of a fingerprint', one, other);
    }
  },
};
