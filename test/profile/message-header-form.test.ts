import { describe, expect, it } from 'vitest';
import { headerForm, mediaType } from '../../src/profile/message-header-form.ts';

// Answers are remembered for the first values of each form: with other values before them, those below
// are told each time anew.
for (const name of [
  'authorization',
  'vary',
  'etag',
  'location',
  'retry-after',
  'content-disposition',
  'accept-ranges',
  'set-cookie',
  'access-control-allow-origin',
  'strict-transport-security',
  'content-security-policy',
  'x-request-id',
]) {
  for (let i = 0; i < 256; i++) headerForm(name, `filler ${i}`);
}
for (let i = 0; i < 256; i++) mediaType(`filler/${i}`);

describe('of a header is kept', () => {
  it.each([
    ['authorization', 'Bearer abc.def', 'bearer'],
    ['authorization', 'bearer', '(other)'],
    ['authorization', 'Hunter2 x', '(other)'],
    ['authorization', 'my bearer x', '(other)'],
    ['authorization', 'AWS4-HMAC-SHA256 Credential=x', 'aws4-hmac-sha256'],
    ['authorization', 'Bearer', '(other)'],
    ['proxy-authorization', 'Basic YTpi', 'basic'],
    ['www-authenticate', 'Digest realm="x"', 'digest'],
    ['cache-control', 'public, max-age=60', 'max-age, public'],
    ['cache-control', 'public, max-age=0', 'max-age=0, public'],
    ['strict-transport-security', 'max-age=00', 'max-age=0'],
    ['set-cookie', 'sid=; Path=/; Max-Age=0; HttpOnly', 'deleted, httponly'],
    ['set-cookie', 'sid=; Max-Age=-1', 'deleted'],
    ['set-cookie', 'sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'deleted'],
    ['set-cookie', 'sid=a; Max-Age=086400; Secure', 'secure'],
    ['cache-control', 'Public,PUBLIC ,no-store;x', 'no-store, public'],
    ['pragma', 'no-cache', 'no-cache'],
    ['vary', '*', '*'],
    ['vary', 'accept, , x-1-2-3, x-1-2--3, x-1-2', 'accept, x-1-2'],
    ['vary', 'a b, ü, ghp_0aZ9bY8cX7dW6eV5fU4gT3hS2iR1jQ0kP9lO', ''],
    ['vary', '1a, -b, b-, *', '*, b-'],
    ['vary', `${'word-'.repeat(12)}word, ${'word-'.repeat(13)}`, `${'word-'.repeat(12)}word`],
    ['vary', 'b, a, b', 'a, b'],
    [
      'vary',
      Array.from({ length: 20 }, (_, i) => `h-${String.fromCharCode(97 + i)}`).join(),
      'h-a, h-b, h-c, h-d, h-e, h-f, h-g, h-h, h-i, h-j, h-k, h-l, h-m, h-n, h-o, h-p',
    ],
    ['etag', 'W/"1"', 'weak'],
    ['etag', '"W/1"', 'strong'],
    ['location', 'HTTPS://x/y', 'absolute'],
    ['location', '/y?next=https://x', 'relative'],
    ['retry-after', '120', 'seconds'],
    ['retry-after', 'Wed, 21 Oct 2026 07:28:00 GMT', 'date'],
    ['retry-after', '1 s', 'date'],
    ['retry-after', 's 1', 'date'],
    ['location', '1https://x', 'relative'],
    ['location', 'mailto:x', 'absolute'],
    ['location', '//x/y', 'relative'],
    ['content-encoding', 'gzip, br', 'br, gzip'],
    ['content-language', 'de', 'de'],
    ['content-disposition', 'attachment; filename="secret.pdf"', 'attachment, filename'],
    ['accept', 'text/html;q=0.9, */*', '*/*, text/html'],
    ['accept-ranges', 'Bytes', 'bytes'],
    ['accept-ranges', 'b123', '(other)'],
    ['accept-ranges', 'b12', 'b12'],
    ['accept-ranges', 'two words', '(other)'],
    ['accept-ranges', '!bytes', '(other)'],
    ['accept-ranges', 'word-'.repeat(8), 'word-'.repeat(8)],
    ['accept-ranges', 'AKIAIOSFODNNEXAMPLEX', '(other)'],
    ['accept-ranges', 'a'.repeat(41), '(other)'],
    ['accept-ranges', '', '(other)'],
    ['allow', 'PUT, GET', 'get, put'],
    [
      'set-cookie',
      'sid=1; Path=/; HttpOnly;  Secure; SameSite=Lax',
      'httponly, samesite=lax, secure',
    ],
    ['set-cookie', 'sid=1; SameSite=none;partitioned', 'partitioned, samesite=none'],
    ['set-cookie', 'secure=1', ''],
    ['set-cookie', 'a=1; Secure; secure;HttpOnly', 'httponly, secure'],
    ['set-cookie', 'a=1; SameSite=Strict; samesite=other', 'samesite=strict'],
    ['access-control-allow-origin', '*', '*'],
    ['access-control-allow-origin', 'null', 'null'],
    ['access-control-allow-origin', 'https://x', 'origin'],
    ['access-control-allow-credentials', 'true', 'true'],
    ['access-control-allow-methods', 'GET,POST', 'get, post'],
    ['access-control-allow-headers', 'X-A', 'x-a'],
    ['access-control-expose-headers', 'X-B', 'x-b'],
    ['strict-transport-security', 'max-age=1; includeSubDomains', 'includesubdomains, max-age'],
    ['content-security-policy', "default-src 'self';img-src *", ''],
    [
      'content-security-policy',
      'sandbox;  upgrade-insecure-requests',
      'sandbox, upgrade-insecure-requests',
    ],
    ['x-content-type-options', 'NoSniff', 'nosniff'],
    ['x-frame-options', 'DENY', 'deny'],
    ['referrer-policy', 'origin', 'origin'],
    ['x-request-id', '3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'uuid'],
    ['x-correlation-id', 'hello you', 'text'],
    ['request-id', '', 'text'],
    ['idempotency-key', '2026-01-05', 'date'],
  ])('%s: %s → %s', (name, value, form) => {
    expect(headerForm(name, value)).toBe(form);
    expect(headerForm(name, value)).toBe(form);
  });

  it('nothing but its presence, of any other', () => {
    expect(headerForm('x-tenant', 'acme')).toBeUndefined();
  });

  it('what its first 512 characters say', () => {
    expect(headerForm('vary', `${' '.repeat(505)}accept, origin`)).toBe('accept');
  });

  it('the same, however many values came before', () => {
    for (let i = 0; i < 300; i++) headerForm('retry-after', String(i));
    expect(headerForm('retry-after', '299')).toBe('seconds');
    expect(headerForm('retry-after', 'x')).toBe('date');
    expect(headerForm('retry-after', 'x')).toBe('date');
  });
});

it.each([
  [undefined, ''],
  ['', ''],
  ['Application/JSON; charset=utf-8', 'application/json'],
  [' text/plain ,text/html', 'text/plain'],
  ['application/vnd.api+json', 'application/vnd.api+json'],
  ['json', ''],
  ['text/html x', ''],
  ['text/html ;x', 'text/html'],
  ['text/html', 'text/html'],
  [`a/${'b'.repeat(100)}`, `a/${'b'.repeat(100)}`],
  [`a/${'b'.repeat(101)}`, ''],
  [`${'b'.repeat(101)}/a`, ''],
  [`${' '.repeat(503)}text/html`, 'text/html'],
  [`${' '.repeat(504)}text/html`, 'text/htm'],
  ['x text/html', ''],
])('the media type of %s is %s', (header, type) => {
  expect(mediaType(header)).toBe(type);
});
