import { expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { Encryption } from '../../src/profile/encryption.ts';
import { call } from '../support/calls.ts';

type Kind = Call['dst']['workload']['kind'];

/** Counts of calls to something of this kind on these ports. */
function counted(kind: Kind, ...ports: readonly (number | undefined)[]): Encryption {
  const encryption = new Encryption();
  for (const [i, port] of ports.entries()) {
    const { dst } = call({ to: 'payment' });
    const to = { ...dst, workload: { ...dst.workload, kind }, port };
    encryption.observe(call({ id: `c/${i}`, dst: to }));
  }
  return encryption;
}

const counts = ({ known, clear, examples }: Encryption) => [known, clear, examples];

it('counts calls to hosts of which it is known, and those in plain text', () => {
  for (const kind of ['host', 'outside'] as const) {
    expect(counts(counted(kind, 443, 80, 8123, undefined))).toEqual([2, 1, ['c/1']]);
  }
});

it('counts none to workloads of the cluster', () => {
  for (const kind of ['service', 'owner', 'inside'] as const) {
    expect(counts(counted(kind, 443, 80))).toEqual([0, 0, []]);
  }
});

it('adds up, and is read as it was written', () => {
  const sum = counted('host', 443, 443);
  sum.merge(counted('host', 443, 80));
  expect(counts(sum)).toEqual([4, 1, ['c/1']]);
  expect(counts(Encryption.fromJSON(sum.toJSON()))).toEqual(counts(sum));
  expect(Encryption.fromJSON(counted('host', 80).toJSON()).clear).toBe(1);
  expect(counted('service', 80).toJSON()).toBeUndefined();
  for (const json of [null, { known: 1, clear: 2, examples: [] }]) {
    expect(() => Encryption.fromJSON(json)).toThrow('not what is encrypted');
  }
});
