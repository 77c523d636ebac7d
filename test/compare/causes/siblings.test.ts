import { describe, expect, it } from 'vitest';
import { nameCredentialCauses } from '../../../src/compare/causes/credentials.ts';
import { nameLookupCauses } from '../../../src/compare/causes/lookups.ts';
import { nameSiblingCauses } from '../../../src/compare/causes/siblings.ts';
import type { Finding } from '../../../src/compare/finding.ts';
import { findingId } from '../../../src/compare/finding-id.ts';
import { finding } from '../../support/judgements.ts';

/** `candidate` handled calls of an operation no longer make a call. */
const gone = (operation: string, candidate: number, given: Partial<Finding> = {}) =>
  finding({
    rule: 'call.missing',
    operation,
    path: 'audit POST /events',
    baseline: 1,
    candidate: 0,
    effect: -1,
    samples: { baseline: 50, candidate },
    ...given,
  });
const place = gone('orders POST /orders', 90);
const cancel = gone('orders DELETE /orders', 30);
const causes = (...given: readonly Finding[]) =>
  nameSiblingCauses(given).map(({ causedBy }) => causedBy);
const byPlace = findingId(place);

describe('the same change at several operations of a workload', () => {
  it('follows from the one where most calls show it, in any order', () => {
    expect(causes(place, cancel)).toEqual([undefined, byPlace]);
    expect(causes(cancel, place)).toEqual([byPlace, undefined]);
    expect(nameSiblingCauses([cancel])).toEqual([cancel]);
  });

  it('follows from the heavier one, however few calls show it', () => {
    const light = { ...place, severity: 'warning' } as const;
    expect(causes(light, cancel)).toEqual([findingId(cancel), undefined]);
    expect(causes(cancel, light)).toEqual([undefined, findingId(cancel)]);
  });

  it('counts calls by how many of them changed', () => {
    const few = { ...place, effect: -0.1 };
    expect(causes(few, cancel)).toEqual([findingId(cancel), undefined]);
    expect(causes({ ...place, effect: null }, cancel)).toEqual([findingId(cancel), undefined]);
    const work = { ...place, operation: 'orders (background)', effect: -31 };
    expect(causes(work, cancel)).toEqual([undefined, findingId(work)]);
    expect(causes({ ...work, effect: -29 }, cancel)).toEqual([findingId(cancel), undefined]);
  });

  it('of an answer follows from the place where most calls show it', () => {
    const answer = { rule: 'schema.id-mismatched', category: 'schema-change' } as const;
    const id = finding({ ...answer, path: 'response 200 json /id', effect: -1 });
    const owner = finding({ ...answer, path: 'response 200 json /owner', effect: -0.5 });
    expect(causes(owner, id)).toEqual([findingId(id), undefined]);
    const name = { ...owner, rule: 'schema.value-constant', severity: 'warning' } as const;
    expect(causes(name, id)).toEqual([findingId(id), undefined]);
    const asked = { ...id, rule: 'call.id-mismatched', path: 'db GET /{id}' } as const;
    expect(causes(asked, owner)).toEqual([undefined, findingId(asked)]);
    expect(causes(owner, { ...id, operation: 'api GET /another' })).toEqual([undefined, undefined]);
  });

  it.each<[string, Partial<Finding>]>([
    ['of another callee', { path: 'audit POST /others' }],
    ['of another workload', { operation: 'web GET /' }],
    ['of another rule', { rule: 'call.count-changed' }],
    ['in the other direction', { baseline: 0, candidate: 1 }],
    ['of something else than calls', { rule: 'schema.field-removed' }],
  ])('stands beside one %s', (_, given) => {
    expect(causes(place, { ...cancel, ...given })).toEqual([undefined, undefined]);
  });

  it('of destinations and credentials is one whichever operation is called', () => {
    for (const rule of ['call.new-destination', 'call.auth-missing'] as const) {
      const one = { ...place, rule };
      expect(causes(one, { ...cancel, rule, path: 'audit GET /' })).toEqual([
        undefined,
        findingId(one),
      ]);
      expect(causes(one, { ...cancel, rule, path: 'stock GET /' })).toEqual([undefined, undefined]);
    }
  });

  it('keeps the cause that is known, and findings without a place apart from it', () => {
    expect(causes(place, { ...cancel, causedBy: 'x' })).toEqual([undefined, 'x']);
    const { path: _, ...nowhere } = place;
    expect(causes(nowhere, cancel)).toEqual([undefined, undefined]);
    const { path: __, ...other } = cancel;
    expect(causes(nowhere, other)).toEqual([undefined, findingId(nowhere)]);
  });
});

describe('a credential that a callee misses', () => {
  const missing = finding({
    rule: 'call.auth-missing',
    operation: 'orders POST /orders',
    path: 'payment POST /charge',
  });
  const header = finding({
    rule: 'header.removed',
    operation: 'payment POST /charge',
    path: 'request header authorization',
  });

  it.each(['authorization', 'x-api-key'])(
    'in %s follows from the caller that no longer sends it',
    (name) => {
      const gone = { ...header, path: `request header ${name}` };
      expect(nameCredentialCauses([gone, missing])).toEqual([
        { ...gone, causedBy: findingId(missing) },
        missing,
      ]);
    },
  );

  it.each<[string, Finding, Finding]>([
    ['of another operation', { ...header, operation: 'payment GET /' }, missing],
    ['in another header', { ...header, path: 'request header accept' }, missing],
    ['that became optional', { ...header, rule: 'header.became-optional' }, missing],
    ['of calls that are gone', header, { ...missing, rule: 'call.missing' }],
  ])('stands by itself where it is one %s', (_, effect, cause) => {
    expect(nameCredentialCauses([effect, cause])).toEqual([effect, cause]);
  });
});

describe('a question for an address', () => {
  const rule = 'call.extra';
  const ask = (path: string) => gone('orders GET /', 9, { rule, path, baseline: 0, candidate: 1 });
  const host = { ...ask('rates.example.com GET /v1'), rule: 'call.new-destination' } as const;
  const first = ask('kube-dns A rates.example.com');
  const second = ask('kube-dns AAAA rates.example.com');
  const causesOf = (...given: readonly Finding[]) =>
    nameLookupCauses(given).map(({ causedBy }) => causedBy);

  it('follows from the call that it is asked for, or from the other question', () => {
    const byHost = findingId(host);
    expect(causesOf(first, second, host)).toEqual([byHost, byHost, undefined]);
    expect(causesOf(second, first)).toEqual([findingId(first), undefined]);
  });

  it('stands by itself beside the same question, even for the name of who answers it', () => {
    const itself = ask('kube-dns A kube-dns');
    const again = { ...itself, rule: 'call.retries' } as const;
    expect(causesOf(itself, again)).toEqual([undefined, undefined]);
  });

  it('stands by itself beside another name, operation or direction', () => {
    expect(causesOf(first, ask('rates.example.org GET /v1'))).toEqual([undefined, undefined]);
    expect(causesOf(first, { ...host, operation: 'orders GET /other' })[0]).toBeUndefined();
    expect(causesOf(first, { ...host, baseline: 1, candidate: 0 })[0]).toBeUndefined();
  });
});
