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
  'content-type',
  'link',
  'access-control-allow-origin',
  'strict-transport-security',
  'content-security-policy',
  'x-request-id',
]) {
  for (let i = 0; i < 256; i++) headerForm(name, `filler ${i}`);
}
for (let i = 0; i < 256; i++) mediaType(`filler/${i}`);

describe('of a header is kept', () => {
  it.each<[string, string, string | undefined]>([
    ['authorization', 'Bearer abc.def', 'bearer'],
    ['authorization', 'bearer', '(other)'],
    ['authorization', 'Hunter2 x', '(other)'],
    ['authorization', 'My.Bearer x', '(other)'],
    ['authorization', 'AWS4-HMAC-SHA256 Credential=x', 'aws4-hmac-sha256'],
    ['authorization', 'Bearer', '(other)'],
    ['proxy-authorization', 'Basic YTpi', 'basic'],
    ['www-authenticate', 'Digest realm="x"', 'digest'],
    ['cache-control', 'public, max-age=60', 'max-age, public'],
    ['cache-control', 'public, max-age=0', 'max-age=0, public'],
    ['strict-transport-security', 'max-age=00', 'max-age=0'],
    ['set-cookie', 'sid=; Path=/; Max-Age=00; HttpOnly', 'deleted, httponly, name=sid, path=/'],
    ['set-cookie', 'id=; Max-Age=-3600', 'deleted'],
    ['set-cookie', 'id=; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'deleted'],
    ['set-cookie', 'id=a; Max-Age=086400; Secure', 'secure'],
    ['cache-control', 'Public,PUBLIC ,no-store;x', 'no-store, public'],
    ['pragma', 'no-cache', 'no-cache'],
    ['vary', '*', '*'],
    ['vary', 'accept, , x-1-2-3, x-1-2--3, x-123, x-1-2', 'accept, x-1-2'],
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
      'id=1; Path=/; HttpOnly;  Secure; SameSite=Lax',
      'httponly, path=/, samesite=lax, secure',
    ],
    ['set-cookie', 'id=1; SameSite=none;partitioned', 'partitioned, samesite=none'],
    ['set-cookie', 'a=1; path=/', 'path=/'],
    ['set-cookie', 'a=1; Path=/ ;Secure', 'path=/, secure'],
    ['set-cookie', 'a=1; Path=/app/', ''],
    ['set-cookie', 'a=1; Path=/app, b=1; Path=/', 'path=/'],
    ['set-cookie', 'path=/', ''],
    ['set-cookie', `a=${'x'.repeat(3000)}; HttpOnly`, 'httponly'],
    ['set-cookie', 'shop_session=1', 'name=session'],
    ['set-cookie', 'JSESSIONID=1; Path=/app', 'name=sessionid'],
    ['set-cookie', 'ASP.NET_SessionId=1', 'name=sessionid'],
    ['set-cookie', 'connect.sid=s%3A1', 'name=sid'],
    ['set-cookie', 'session-acme=1', 'name=session'],
    ['set-cookie', 'sidebar=1, inside=session', ''],
    ['set-cookie', 'AWSALB=1; Expires=Thu, 03 Dec 2026 1:00:00 GMT', ''],
    [
      'set-cookie',
      'a=b; Expires=Thu, 03 Dec 2026 1:00:00 GMT, access_token=1; Path=/, sess-id=1',
      'name=sessid, name=token, path=/',
    ],
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
    ['content-type', 'text/html; charset=UTF-8', 'charset=utf-8'],
    ['content-type', 'text/plain;charset="utf8"', 'charset=utf-8'],
    ['content-type', 'application/soap+xml; action="x"; charset=ISO-8859-1', 'charset=iso-8859-1'],
    ['content-type', 'text/html; charset=utf-8, text/html', 'charset=utf-8'],
    ['content-type', 'text/html', 'charset=(none)'],
    ['content-type', 'text/xml; charset=key-0815', 'charset=(other)'],
    ['content-type', 'application/json; charset=iso-8859-1', undefined],
    ['content-type', 'text/event-stream; charset=utf-8', undefined],
    ['content-security-policy', "default-src 'self';img-src *", 'script-src'],
    ['content-security-policy', "frame-ancestors 'none'", ''],
    [
      'content-security-policy',
      "default-src *; Script-Src 'self' data: 'unsafe-eval' 'unsafe-inline' *; sandbox",
      "sandbox, script-src, script-src 'unsafe-eval', script-src 'unsafe-inline', script-src *, script-src data:",
    ],
    [
      'content-security-policy',
      "default-src * 'unsafe-inline'",
      "script-src, script-src 'unsafe-inline', script-src *",
    ],
    [
      'content-security-policy',
      "script-src 'nonce-abc' 'unsafe-inline' *",
      'script-src, script-src *',
    ],
    [
      'content-security-policy',
      "script-src 'sha256-abc=' 'unsafe-inline' data:",
      'script-src, script-src data:',
    ],
    [
      'content-security-policy',
      "script-src 'strict-dynamic' 'unsafe-inline' 'unsafe-eval' * data:",
      "script-src, script-src 'unsafe-eval'",
    ],
    [
      'content-security-policy',
      "script-src * data:, img-src *, script-src 'self' *",
      'script-src, script-src *',
    ],
    [
      'content-security-policy',
      "script-src 'self'; script-src *; style-src 'unsafe-inline'",
      'script-src',
    ],
    [
      'content-security-policy',
      'sandbox;  upgrade-insecure-requests',
      'sandbox, upgrade-insecure-requests',
    ],
    ['link', '</a?page=2>; rel="next", </a?page=9>;REL=Last', 'last, next'],
    ['link', '</a>; title="x";  rel="prev  up prev"; type=a', 'prev, up'],
    [
      'link',
      Array.from({ length: 20 }, (_, i) => `</>; rel=${String.fromCharCode(116 - i)}`).join(),
      'a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p',
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
    const policy = `img-src ${'a.example '.repeat(100)}; sandbox; script-src *`;
    expect(headerForm('content-security-policy', policy)).toBe('script-src, script-src *');
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
