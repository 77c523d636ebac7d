import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { looksSecret, redactName, redactText } from '../../src/calls/redact.ts';
import { isSecretName } from '../../src/calls/secret-words.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P';

describe('secrets are removed from evidence', () => {
  test.each([
    ['a JWT', `token is ${JWT}!`, JWT],
    ['a bearer token', 'Authorization: Bearer abcdef123456', 'abcdef123456'],
    ['a whole cookie line', 'Cookie: theme=x; visitor=abc123\nAccept: x', 'abc123'],
    ['basic credentials', 'basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
    ['a GitHub token', `use ghp_${'a1B2'.repeat(9)}`, 'ghp_'],
    ['an AWS key', 'AKIAIOSFODNN7EXAMPLE', 'AKIA'],
    ['a payment key', 'sk_live_4eC39HqLyjWDarjtT1', '4eC39'],
    ['a card number', 'card 4242 4242 4242 4242.', '4242'],
    ['an e-mail address', 'mail ada.lovelace+x@example.co.uk now', 'ada.lovelace'],
    ['a URL password', 'postgres://app:hunter2@db/x', 'hunter2'],
    ['a long hex', `hash ${'0123456789abcdef'.repeat(4)}`, '0123456789abcdef'],
    [
      'base64',
      `data ${Buffer.from('secret bytes \u0001\u00ff and more of them').toString('base64')}`,
      'c2Vjc',
    ],
    ['a JSON password', '{"user":"ada","password":"hun\\"ter2"}', 'ter2'],
    ['a nested JSON password', '"{\\"password\\":\\"hunter2\\"}"', 'hunter2'],
    ['a form password', 'user=ada&password=hunter2&x=1', 'hunter2'],
    ['a pair in a log line', "api_key: 'abc123'", 'abc123'],
    ['a number', '{"pin": 1234}', '1234'],
    [
      'a private key',
      '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----',
      'MIIE',
    ],
    [
      'a token behind the mark of a private key',
      '-----BEGIN PRIVATE KEY-----=glpat-bFmGVw0SGJgsPxnIWCD_',
      'mGVw0SGJ',
    ],
    ['a card number beside another one', 'cards 4499449944990-4-499449904499', '4499'],
    ['a social security number', 'ssn 078-05-1120', '078-05'],
  ])('%s', (_, text, secret) => {
    expect(redactText(text)).toContain('[redacted]');
    expect(redactText(text)).not.toContain(secret);
  });

  test('what is around them stays', () => {
    expect(redactText('user=ada&password=hunter2&x=1')).toBe('user=ada&password=[redacted]&x=1');
    expect(redactText('{"password":"x","a":1}')).toBe('{"password":"[redacted]","a":1}');
  });

  test.each([
    'GET /api/orders/123?page=2',
    '{"status":"open","total":12.5,"token":null}',
    'SELECT id, status FROM orders WHERE id = 4242',
    '550e8400-e29b-41d4-a716-446655440000',
    'order 1234567890123 shipped',
  ])('nothing to hide in %s', (text) => {
    expect(redactText(text)).toBe(text);
  });
});

test('hostile text takes linear time', () => {
  const attacks = [
    'a@',
    'a.',
    '1 ',
    '1-',
    'eyJ.',
    '"a":"',
    '\\"',
    'a=',
    '://a',
    '-----BEGIN ',
    'a',
  ];
  for (const attack of attacks) {
    const text = attack.repeat(Math.ceil(65_536 / attack.length));
    expect(redactText(text).length).toBeLessThan(10 * text.length);
  }
});

test.each([
  'password',
  'user_password',
  'X-Api-Key',
  'apiKey',
  'Authorization',
  'sessionId',
  'csrf-token',
  'cardNumber',
  'client_secret',
  'Set-Cookie',
  'accessToken',
  'cvv',
  'passwd',
])('%s is a secret name', (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each([
  'status',
  'company',
  'tokenizer',
  'author',
  'pinned',
  'id',
  'name',
  'expand',
  '__proto__',
  'keyboard',
])('%s is not', (name) => {
  expect(isSecretName(name)).toBe(false);
});

test.each([
  JWT,
  'ada@example.com',
  '4242424242424242',
  'x9Kd82mQpL0vT7sWz3Rb',
  'AKIAIOSFODNN7EXAMPLE',
])('%s looks secret', (value) => {
  expect(looksSecret(value)).toBe(true);
});

test.each([
  'open',
  'PAYMENT_REQUIRED',
  'EUR',
  'customer.subscription.created',
  'v1beta1',
  'application/json',
])('%s does not', (value) => {
  expect(looksSecret(value)).toBe(false);
});

it.each([
  ['{"conn":"Server=db;Password=hunter22;Encrypt=true"}', 'hunter22'],
  ['{"body":"{\\"password\\":\\"hunter22\\"}"}', 'hunter22'],
  ['callback: https://shop.example/?token=hunter22', 'hunter22'],
])('takes out a pair inside the value of another one: %s', (text, secret) => {
  const shown = redactText(text);
  expect(shown).not.toContain(secret);
  expect(redactText(shown)).toBe(shown);
});

it.each([
  ['a token that another format reaches into', `whsec_/${JWT}`, 'eyJzdWIi'],
  ['a token behind two schemes', 'Bearer Bearer horse7battery9staple', 'staple'],
  ['a value behind two names', 'password: password: hunter2', 'hunter2'],
  ['a quoted value behind another name', 'token=password="hunter two"', 'two'],
  ['a key that a header ends in', 'Cookie: a-----BEGIN PRIVATE KEY-----\nMIIE', 'MIIE'],
  ['a value longer than any', `password="${'hunter2 '.repeat(1_000)}"`, 'hunter2'],
])('%s is no remainder', (_, text, secret) => {
  expect(redactText(text)).not.toContain(secret);
  expect(redactName(text)).not.toContain(secret);
});

it('what is redacted stays as it is', () => {
  const parts = [
    ...[
      '4499449944990',
      '-4',
      '-499449904499',
      '4242 4242',
      ' ',
      '-',
      '+',
      '+49 30 1234567',
      '078-05-1120',
    ],
    ...[
      'a@b.c',
      '://u:p@',
      'token=',
      'Bearer ',
      '"',
      "'",
      '\\',
      'sk_live_4eC39HqLyjWD',
      '[redacted]',
    ],
    ...[
      '-----BEGIN PRIVATE KEY-----',
      '-----END PRIVATE KEY-----',
      'eyJhbGciOiJI.eyJzdWI',
      'f0'.repeat(16),
    ],
  ];
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 4 })), { maxLength: 12 }),
      (some) => {
        for (const redact of [redactText, redactName]) {
          const shown = redact(some.join(''));
          expect(redact(shown)).toBe(shown);
        }
      },
    ),
    { numRuns: 2_000 },
  );
  const long = redactText('pin=1 '.repeat(20_000));
  expect(redactText(long)).toBe(long);
});
