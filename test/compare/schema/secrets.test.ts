import { describe, expect, it } from 'vitest';
import { compareBodies } from './make.ts';

describe('a new field that is a secret by its name', () => {
  const added = (field: object, side: 'request' | 'response' = 'response') =>
    compareBodies(
      side,
      (i) => ({ id: i, user: { name: `n${i}` } }),
      (i) => ({ id: i, user: { name: `n${i}`, ...field } }),
    ).told.filter((line) => line.includes('secret-added'));

  it.each([
    'password',
    'passwordHash',
    'user_password',
    'password-digest',
    'clientSecret',
    'secret_key',
    'privateKey',
    'cardNumber',
    'card_number',
    'cvv',
    'ssn',
    'salt',
  ])('breaks: %s', (name) => {
    expect(added({ [name]: 'a1b2' })).toEqual([
      `breaking schema.secret-added @ response 200 /user/${name}`,
    ]);
    expect(added({ [name]: 4111 })).toHaveLength(1);
  });

  it('breaks where it stands inside of what is new', () => {
    expect(added({ of: { name: 'x', login: { password_hash: 'a1b2' } } })).toEqual([
      'breaking schema.secret-added @ response 200 /user/of/login/password_hash',
    ]);
    expect(added({ cards: [{ cvv: '123' }, { cvv: '456' }] })).toEqual([
      'breaking schema.secret-added @ response 200 /user/cards/*/cvv',
    ]);
    expect(added({ of: { name: 'x', password: '********' } })).toEqual([]);
  });

  it.each([
    'passwordChangedAt',
    'hasPasswordSet',
    'nextPageToken',
    'sessionId',
    'secretary',
    'japan',
    'company',
    'saltwater',
  ])('is no finding: %s', (name) => {
    expect(added({ [name]: 'a1b2' })).toEqual([]);
  });

  it('is none where it is masked, empty, a flag, or asked for', () => {
    expect(added({ password: '********' })).toEqual([]);
    expect(added({ password: '' })).toEqual([]);
    expect(added({ password: null })).toEqual([]);
    expect(added({ password: true })).toEqual([]);
    expect(added({ password: 'a1b2' }, 'request')).toEqual([]);
  });
});
