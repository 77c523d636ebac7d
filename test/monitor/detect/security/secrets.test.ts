import { describe, expect, test } from 'vitest';
import { cardNumbers } from '../../../../src/monitor/detect/security/card-numbers.ts';
import { secretInClear } from '../../../../src/monitor/detect/security/secret-in-clear.ts';
import { secretInUrl } from '../../../../src/monitor/detect/security/secret-in-url.ts';
import { callOf, type Said } from '../records.ts';
import { times, Watch } from '../watch.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P';
const KEY = '-----BEGIN RSA PRIVATE KEY-----\nMIIECANARYx\n-----END RSA PRIVATE KEY-----';
const usual = (start: number) => times(start, 6).map((ts) => callOf({ ts, response: '{"id":7}' }));
const and =
  (...all: readonly Partial<Said>[]) =>
  (start: number) => [...usual(start), ...all.map((said, i) => callOf({ ts: start + i, ...said }))];

function learned(also: (start: number) => ReturnType<typeof usual> = usual): Watch {
  const watch = new Watch([secretInClear, cardNumbers]);
  watch.learnDay(also, 6);
  return watch;
}

describe('secrets in URLs', () => {
  test.each([
    ['/x?access_token=CANARY123', 'query accesstoken'],
    ['/x?a=1&api_key=CANARY123', 'query apikey'],
    ['/login?user=ada&password=CANARY123', 'query password'],
    [`/ws?t=${JWT}`, 'query'],
    ['/hook/ghp_CANARYa1B2a1B2a1B2a1B2a1B2a1B2a1B2', 'path'],
    ['http://ada:CANARY123@orders/x', 'authority'],
  ])('%s', (path, place) => {
    expect(secretInUrl(path)?.place).toBe(place);
    const watch = learned();
    const [signal, ...others] = watch.slot(and({ path }));
    expect(others).toEqual([]);
    expect(signal).toMatchObject({ subject: { workload: 'orders', detail: place } });
    watch.slot(usual);
    expect(JSON.stringify(signal) + watch.memory()).not.toMatch(/CANARY|eyJ/);
  });

  test.each([
    '/x?token=abc123&page=2',
    '/x?next_page_token=CAESBgoEIgIIAQ',
    '/x?password=',
    '/x?password=***',
    '/x?secret=true',
    '/x?api_key={key}',
    '/reset-password?step=2',
    '/bucket/a?X-Amz-Credential=AKIAIOSFODNN7EXAMPLE&X-Amz-Signature=abc&X-Amz-Security-Token=x',
    '/orders/4242424242424242',
    '/secrets/password=x',
  ])('silent about %s', (path) => {
    expect(secretInUrl(path)).toBeUndefined();
  });

  test('what is passed on is told of who got it first', () => {
    const path = '/x?access_token=CANARY123';
    const signals = learned().slot(and({ path, to: 'gateway' }, { path, from: 'gateway' }));
    expect(signals.map(({ subject }) => subject.workload)).toEqual(['gateway']);
  });
});

describe('secrets elsewhere', () => {
  const out = { from: 'orders', to: null, toIp: '198.51.100.9', host: 'a.example', port: 80 };

  test.each<[string, Partial<Said>]>([
    [
      'a credential in plain text to the outside',
      { ...out, requestHeaders: { authorization: 'Basic Q0FOQVJZ' } },
    ],
    [
      'a password in plain text to the outside',
      { ...out, method: 'POST', request: '{"password":"CANARY9"}' },
    ],
    ['a private key in a response', { response: JSON.stringify({ key: KEY }) }],
    [
      'a key of Stripe in a response',
      {
        response: `{"key":"sk_live${'_CANARY'.repeat(2)}a1b2c3d4e5f6g7h8"}`.replace(
          '_CANARY_CANARY',
          '_CANARYCANARY',
        ),
      },
    ],
    ['a token of GitHub in a page', { response: `<p>ghp_CANARY${'a1B2c3'.repeat(5)}</p>` }],
    [
      'a secret key of AWS in a dump',
      { response: `AWS_SECRET_ACCESS_KEY=CANARY${'a1B2c3/+'.repeat(4)}ab\n` },
    ],
    ['a hash of a password', { response: `{"id":7,"hash":"$2b$12$CANARY${'x'.repeat(47)}"}` }],
  ])('%s', (_, said) => {
    const watch = learned();
    const signals = watch.slot(and(said));
    expect(signals).toHaveLength(1);
    expect(JSON.stringify(signals) + watch.memory()).not.toMatch(/CANARY|Q0FOQVJZ/);
  });

  test.each<[string, Partial<Said>]>([
    [
      'a sign-in call inside of the cluster',
      { method: 'POST', path: '/login', request: '{"password":"hunter22"}' },
    ],
    ['a credential over TLS', { ...out, port: 443, requestHeaders: { authorization: 'Bearer x' } }],
    ['the token of a sign-in', { path: '/login', response: `{"token":"${JWT}"}` }],
    ['a key that pages show to all', { response: `<script>key="AIza${'x'.repeat(35)}"` }],
    [
      'a signed address',
      {
        response: '{"url":"https://b.s3.amazonaws.com/x?X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F"}',
      },
    ],
    ['what a vault answers', { to: 'vault', response: `{"password":"$2b$12$${'x'.repeat(53)}"}` }],
    [
      'what a database answers',
      {
        proto: 'postgresql',
        method: 'SELECT',
        path: 'SELECT hash FROM users WHERE id = $1',
        response: `$2b$12$${'x'.repeat(53)}`,
      },
    ],
    ['a public key', { response: '-----BEGIN PUBLIC KEY-----\nMIIB' }],
  ])('silent about %s', (_, said) => {
    expect(learned().slot(and(said))).toEqual([]);
  });
});

describe('card numbers', () => {
  const card = (name: string, number: string) => ({ response: JSON.stringify({ [name]: number }) });

  test('one in a field for cards, of an operation that never had any', () => {
    const watch = learned();
    const [signal, ...others] = watch.slot(and(card('cardNumber', '4242 4242 4242 4242')));
    expect(others).toEqual([]);
    expect(signal).toMatchObject({
      rule: 'security.secret-in-clear',
      subject: { workload: 'orders', operation: 'orders GET /orders/{id}' },
    });
    watch.slot(usual);
    expect(JSON.stringify(signal) + watch.memory()).not.toContain('4242');
  });

  test('six in another field: chance would not do it', () => {
    const numbers = ['4242424242424242', '5555555555554444', '378282246310005', '6011111111111117'];
    const cards = [...numbers, '4111111111111111', '5105105105105100'].map((n) => card('ref', n));
    expect(learned().slot(and(...cards))).toHaveLength(1);
    expect(learned().slot(and(...cards.slice(0, 3)))).toEqual([]);
  });

  test('silent about ids of which one in ten passes the check', () => {
    const ids = Array.from({ length: 200 }, (_, i) =>
      card('ref', `4${String(i * 7919 + 1e14).padStart(15, '0')}`),
    );
    expect(
      learned()
        .slots(5, and(...ids))
        .flat(),
    ).toEqual([]);
  });

  test('silent where they always were, and at a new operation', () => {
    const pay = { ...card('card', '4242424242424242'), path: '/pay' };
    expect(learned(and(pay)).slot(and(pay))).toEqual([]);
    expect(learned().slot(and(pay))).toEqual([]);
  });
});
