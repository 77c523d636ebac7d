import { describe, expect, it } from 'vitest';
import { isMember } from '../../../src/profile/schema/enum-values.ts';
import { ALL_FORMATS, formatNames, formatsOf } from '../../../src/profile/schema/formats.ts';
import { keyInfo } from '../../../src/profile/schema/key-info.ts';
import { isUrlKind, urlKind } from '../../../src/profile/schema/url-kind.ts';

describe('formatsOf', () => {
  it.each([
    ['uuid', '0b9e3c1e-7d3b-4b0e-9d53-3b3c2f2f8d11', '0b9e3c1e7d3b4b0e9d533b3c2f2f8d11'],
    ['date-time', '2024-05-01T10:00:00.123Z', '2024-13-01T10:00:00Z'],
    ['date-time-utc', '2024-05-01T10:00:00Z', '2024-05-01T10:00:00+02:00'],
    ['date-time-offset', '2024-05-01T10:00:00+02:00', '2024-05-01T10:00:00Z'],
    ['date-time-basic-offset', '2024-05-01T10:00:00+0200', '2024-05-01T10:00:00+02:00'],
    ['local-date-time', '2024-05-01T10:00:00', '2024-05-01T10:00:00Z'],
    ['spaced-date-time', '2024-05-01 10:00:00', '2024-05-01T10:00:00'],
    ['http-date', 'Wed, 01 May 2024 10:00:00 GMT', 'Wed 01 May 2024'],
    ['date', '2024-05-01', '2024-5-1'],
    ['slashed-date', '05/01/2024', '05-01-2024'],
    ['time', '10:00:00', '25:00:00'],
    ['duration', 'PT1H30M', 'P'],
    ['email', 'a.b@example.com', 'a@b'],
    ['uri', 'https://example.com/a?b', '/a?b'],
    ['hostname', 'api.example.com', 'example'],
    ['ipv4', '10.0.0.1', '10.0.0.256'],
    ['ipv6', 'fe80::1', 'fe80::1::2'],
    ['jwt', 'eyJhbGciOi.eyJzdWIiOi.c2ln', 'eyJhbGciOi'],
    ['ulid', '01ARZ3NDEKTSV4RRFFQ69G5FAV', 'zzARZ3NDEKTSV4RRFFQ69G5FAV'],
    ['object-id', '507f1f77bcf86cd799439011', '507f1f77bcf86cd79943901'],
    ['integer-string', '00123', '1.5'],
    ['decimal-string', '1.5', '1,5'],
    ['boolean-string', 'true', 'yes'],
    ['hex', 'deadbeef01234567', 'deadbeef'],
    ['base64', 'SGVsbG8gV29ybGQhMTI=', 'hello world'],
    ['locale', 'de-CH', 'german'],
    ['currency', 'EUR', 'XXX'],
    ['semver', '1.2.3-rc.1', '1.2'],
    ['phone', '+41791234567', '0791234567'],
    ['json', '{"a":1}', '{a}'],
    ['mistaken', 'null', 'null and void'],
    ['mistaken', 'https://cdn.example.com/undefined.png', 'what-undefined-is'],
    ['mistaken', 'NaN €', 'NaNs'],
    ['mistaken', 'to: [object Object]', '[object]'],
    ['mistaken', 'Tom &amp; Jerry', 'Tom & Jerry;'],
    ['mistaken', 'JosÃ©', 'José Ã'],
    ['mistaken', 'Jos\ufffd', 'Josef'],
  ])('%s', (name, good, bad) => {
    expect(formatNames(formatsOf(good))).toContain(name);
    expect(formatNames(formatsOf(bad))).not.toContain(name);
  });

  it('has every format tested above, and none that hangs', () => {
    expect(formatNames(ALL_FORMATS)).toHaveLength(31);
    for (const part of ['a', '0', '-', 'A.', 'a@', ':', '1:', 'P1', '/', '%', '{']) {
      const text = part.repeat(256 / part.length);
      expect(formatsOf(text)).toBeGreaterThanOrEqual(0);
      expect(formatsOf(`${text}!`)).toBe(0);
    }
  });
});

describe('urlKind', () => {
  it.each([
    ['https://example.com/a?b', 'https URL'],
    ['HTTPS://example.com', undefined],
    ['http://10.0.0.7:8080', 'http URL'],
    ['http://localhost:3000/a', 'localhost URL'],
    ['https://127.0.0.1/', 'localhost URL'],
    ['http://[::1]:80/', 'localhost URL'],
    ['http://localhost.example.com/', 'http URL'],
    ['https://user:secret@example.com/', 'https URL'],
    ['https:///a', undefined],
    ['http is a protocol', undefined],
  ])('%s is %s', (text, kind) => {
    expect(urlKind(text)).toBe(kind);
    expect(isUrlKind(text)).toBe(false);
  });
});

describe('isMember', () => {
  it.each(['open', 'NOT_FOUND', 'in progress', 'eu-west', 'v', 'Level2'])('takes %s', (value) => {
    expect(isMember(value)).toBe(true);
  });

  it.each([
    'jane@example.com',
    'AKIAIOSFODNN7EXAMPLE',
    'order 1234',
    'Ada Lovelace',
    'sk_live_abcdefghijkl',
    '2024-05-01',
    'x'.repeat(41),
    '<b>',
    '',
  ])('refuses %s', (value) => {
    expect(isMember(value)).toBe(false);
  });
});

describe('keyInfo', () => {
  it.each(['id', 'address_line1', 'sha256', 'user-agent', 'ssn_last_4_provided', '$ref', '@type'])(
    'takes %s for the name of a field',
    (key) => {
      expect(keyInfo(key).pattern).toBeUndefined();
    },
  );

  it.each([
    ['0b9e3c1e-7d3b-4b0e-9d53-3b3c2f2f8d11', '{uuid}'],
    ['4711', '{int}'],
    ['2024-05-01', '{date}'],
    ['sku-1001', '{id}'],
    ['user_123456', '{id}'],
    ['10.0.0.1', '{ip}'],
  ])('takes %s for data', (key, pattern) => {
    expect(keyInfo(key).pattern).toBe(pattern);
  });

  it.each(['password', 'apiKey', 'firstName', 'title', 'user_email', 'city', 'customer'])(
    'lets %s be no enumeration',
    (key) => {
      expect(keyInfo(key).enumerable).toBe(false);
    },
  );
});
