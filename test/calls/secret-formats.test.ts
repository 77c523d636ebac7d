import { describe, expect, it } from 'vitest';
import { redactedName } from '../../src/calls/redacted-name.ts';
import { holdsCredential } from '../../src/calls/secret-formats.ts';
import { pathTokens } from '../../src/calls/segment-path.ts';
import { secretsOf, TOKEN_KINDS } from '../security/secret-kinds.ts';

describe('a credential', () => {
  it.each(secretsOf(TOKEN_KINDS, 2, 7).map(({ kind, text }) => [kind, text]))('%s', (_, text) => {
    for (const name of [text, `x-${text}`, text.toLowerCase()]) {
      expect(holdsCredential(name)).toBe(true);
      expect(redactedName(name)).toContain('[redacted]');
    }
  });
});

describe('what names are like is none', () => {
  it.each([
    '550e8400-e29b-41d4-a716-446655440000',
    'pk_orders_customer_id',
    'npm_config_registry_url',
    'asia-southeast1-docker.pkg.dev',
    'orders-7d9c5b8f4-x2x9k',
    'ip-10-0-12-7.eu-central-1.compute.internal',
    '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    'basic publish',
    'token refresh requested',
    'select id from sessions where token = ?',
    'eyjafjallajokull.example',
    'ch_1NirD82eZvKYlo2CIvbtLWuY',
    'order-1234567890123456',
    '20261102_orders_created_and_processed_by_warehouse',
    'skip-this-and-that-and-everything-else',
    'com.example.payments.v1.PaymentService',
  ])('%s', (name) => {
    expect(holdsCredential(name)).toBe(false);
    if (!name.includes('token =')) expect(redactedName(name)).toBe(name);
  });

  it('so paths keep their classes', () => {
    expect(
      pathTokens('/orders/550e8400-e29b-41d4-a716-446655440000/items/4111111111111111'),
    ).toEqual(['orders', '{uuid}', 'items', '{int}']);
  });
});
