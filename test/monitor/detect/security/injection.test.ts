// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is what is sent
import { describe, expect, test } from 'vitest';
import { injection } from '../../../../src/monitor/detect/security/injection.ts';
import { attackIn } from '../../../../src/monitor/detect/security/injection-patterns.ts';
import { callOf, type Said } from '../records.ts';
import { times, Watch } from '../watch.ts';
import { ATTACKS, BENIGN } from './injection-corpus.ts';

describe('patterns', () => {
  test.each(BENIGN)('let pass: %s', (value) => {
    expect(attackIn(value)).toBeUndefined();
  });

  test.each(ATTACKS)('know %s: %s', (attack, value) => {
    expect(attackIn(value)).toBe(attack);
  });

  /** Each would take years where a pattern could try the same text in exponentially many ways. */
  test.each<[string, string]>([
    ['quotes', "'".repeat(4096)],
    ['tautologies that end early', "' or ".repeat(800)],
    ['spaces', `1${' '.repeat(4000)}or`],
    ['comments of SQL', `'${'/**/'.repeat(1000)}`],
    ['open comments', `'${'/*'.repeat(2000)}`],
    ['folders', '../'.repeat(1400)],
    ['encoded folders', '..%2f'.repeat(800)],
    ['a tag without end', `<img ${'x '.repeat(2000)}`],
    ['tags without end', '<img '.repeat(800)],
    ['a script without end', `<script${' a'.repeat(2000)}`],
    ['lookups', '${'.repeat(2000)],
    ['nested lookups', '${${'.repeat(1000)],
    ['an expression without end', `{{${'a'.repeat(4000)}`],
    ['expressions without end', '{{'.repeat(2000)],
    ['commands', ';cat '.repeat(800)],
    ['command substitutions', '$(ls '.repeat(800)],
    ['arguments', `$(ls ${'-a '.repeat(1300)}`],
    ['scripts in addresses', 'javascript: '.repeat(340)],
    ['brackets', '"('.repeat(2000)],
    ['clauses', `select ${'from '.repeat(800)}`],
    ['entities', '<!ENTITY '.repeat(450)],
    ['lines', '\n'.repeat(4096)],
  ])('take linear time for %s', (_, value) => {
    for (let i = 0; i < 20; i++) attackIn(value);
  });
});

const SQL = "/orders?id=1'%20or%20'1'='1";
const shopper = (start: number, said: Partial<Said> = {}) =>
  times(start, 4).map((ts) => callOf({ ts, path: "/orders?name=O'Brien&x=1", ...said }));
const attack =
  (...all: readonly Partial<Said>[]) =>
  (start: number) => [
    ...shopper(start),
    ...all.map((said, i) => callOf({ ts: start + 1_000 + i, from: null, path: SQL, ...said })),
  ];

function learned(): Watch {
  const watch = new Watch([injection]);
  expect(watch.learnDay((start) => shopper(start), 6).flat()).toEqual([]);
  return watch;
}

test('one that was answered with success fires at once', () => {
  const [signal, ...others] = learned().slot(attack({}));
  expect(others).toEqual([]);
  expect(signal).toMatchObject({
    rule: 'security.injection',
    subject: { workload: 'orders', caller: 'outside' },
    value: 1,
  });
  expect(signal?.summary).toContain('SQL injection in the parameters');
});

test('refused ones fire from the third different one on', () => {
  const refused = (path: string) => ({ path, status: 400 });
  const two = [refused(SQL), refused('/orders/..%2f..%2fetc%2fpasswd')];
  expect(learned().slot(attack(...two, ...two))).toEqual([]);
  expect(learned().slot(attack(...two, refused('/orders?q=${jndi:ldap://x/a}')))).toHaveLength(1);
});

test('is told of who is attacked first, not of those that it is passed on to', () => {
  const signals = learned().slot(
    attack({ to: 'gateway' }, { from: 'gateway', to: 'orders' }, { from: 'orders', to: 'stock' }),
  );
  expect(signals.map(({ subject }) => subject.workload)).toEqual(['gateway']);
});

test.each<[string, Partial<Said>]>([
  ['headers', { path: '/', requestHeaders: { 'user-agent': '${jndi:ldap://x.example/a}' } }],
  ['a JSON body', { path: '/', method: 'POST', request: '{"q":{"a":["\\" or \\"a\\"=\\"a"]}}' }],
  [
    'a form',
    {
      path: '/',
      method: 'POST',
      requestHeaders: { 'content-type': 'application/x-www-form-urlencoded' },
      request: 'user=admin%27--&password=x',
    },
  ],
  ['a path', { path: '/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd' }],
  [
    'a parameter that is encoded twice',
    { path: '/x?f=%252e%252e%252f%252e%252e%252fetc%252fpasswd' },
  ],
])('looks into %s', (_, said) => {
  expect(learned().slot(attack(said))).toHaveLength(1);
});

test('an operation that takes queries by its nature is known after the first day', () => {
  const query = { path: "/query?q='%20union%20select%201", from: 'reports' };
  const watch = new Watch([injection]);
  watch.learnDay((start) => shopper(start, query), 12);
  expect(watch.slot((start) => shopper(start, query))).toEqual([]);
});

test('nothing of the values is told or kept', () => {
  const canary = 'CANARY7xQ';
  const watch = learned();
  const signals = watch.slots(3, attack({ path: `/x?id=1'%20or%20'${canary}'='${canary}` }));
  expect(signals.flat()).toHaveLength(3);
  expect(JSON.stringify(signals) + watch.memory()).not.toContain(canary);
});
