import { describe, expect, test } from 'vitest';
import type { Endpoint, Workload } from '../../src/calls/call.ts';
import { Identity, type IdentityRule } from '../../src/calls/identity.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { call, endpoint } from '../support/calls.ts';

const at = (kind: Workload['kind'], name: string, pod?: string): Endpoint => ({
  ...endpoint('x'),
  workload: { name, kind },
  pod,
});

function named(dst: Endpoint, ...rules: IdentityRule[]): Workload {
  return new Identity(rules).apply(call({ dst })).dst.workload;
}

describe('a rule of identity', () => {
  test('takes a suffix off: a star in the name is what the first star stood for', () => {
    const rule = { by: 'service', pattern: '*-canary*', workload: '*' } as const;
    expect(named(at('service', 'orders-canary-2'), rule)).toEqual({
      name: 'orders',
      kind: 'service',
    });
    expect(named(at('service', 'orders'), rule).name).toBe('orders');
  });

  test('names by the pod, even behind a service, and by the outside host', () => {
    const byPod = { by: 'pod', pattern: 'batch-*-run', workload: 'batch' } as const;
    expect(named(at('service', 'jobs', 'batch-17-run'), byPod).name).toBe('batch');
    const byHost = { by: 'host', pattern: '*.blob.example', workload: 'blobs' } as const;
    expect(named(at('host', 'eu1.blob.example'), byHost)).toEqual({ name: 'blobs', kind: 'host' });
    expect(named(at('service', 'eu1.blob.example'), byHost).name).toBe('eu1.blob.example');
  });

  test('counts if it is the first that fits, and names nothing by nothing', () => {
    const first = { by: 'service', pattern: 'a*', workload: 'one$&' } as const;
    const second = { by: 'service', pattern: '*', workload: 'two' } as const;
    expect(named(at('service', 'ab'), first, second).name).toBe('one$&');
    expect(named(at('service', 'b'), first, second).name).toBe('two');
    expect(named(at('service', 'a'), { by: 'service', pattern: 'a*', workload: '*' }).name).toBe(
      'a',
    );
  });

  test('leaves calls that none fits as they are', () => {
    const one = call({ to: 'orders' });
    expect(new Identity([{ by: 'service', pattern: 'x', workload: 'y' }]).apply(one)).toBe(one);
  });

  test('makes one operation of what two deployments call by two names', () => {
    const identity = [{ by: 'service', pattern: '*-v*', workload: '*' }] as const;
    const profiler = new Profiler({ identity });
    for (const [i, to] of ['orders-v1', 'orders-v2', 'orders-v1'].entries()) {
      profiler.push({ kind: 'call', call: call({ id: `n/${i}`, ts: i * 100, to, from: 'web' }) });
    }
    const { families } = profiler.finish();
    expect(families.map(({ family }) => family.workload)).toEqual(['orders']);
  });
});
