import { expect, test } from 'vitest';
import { secretNames } from '../../src/calls/secret-names.ts';

test.each([
  ['tenant_key', 'tenantKey', true],
  ['tenant_key', 'X-Tenant-Key', false],
  ['*tenant_key', 'X-Tenant-Key', true],
  ['Tenant.*', 'tenantKey', true],
  ['straße', 'STRASSE', false],
  ['straße', 'Straße', true],
  ['a', 'b', false],
])('%s: %s is %s', (pattern, name, secret) => {
  expect(secretNames([pattern])(name)).toBe(secret);
});

test('no name at all is secret where none is named', () => {
  expect(secretNames([])('password')).toBe(false);
});
