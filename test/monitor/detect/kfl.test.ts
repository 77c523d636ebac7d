import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kflOf } from '../../../src/monitor/detect/kfl.ts';
import { compileKfl } from '../../hub/kfl.ts';
import type { HubRecord } from '../../hub/record.ts';

const record = (given: Partial<HubRecord>) =>
  ({
    id: 'n1/1',
    ts: 0,
    src: { ip: '10.0.0.1', port: 1, pod: 'web-7d9c5b8f4-x2x9k', ns: 'shop' },
    dst: { ip: '10.0.0.2', port: 80, svc: 'orders', ns: 'shop' },
    proto: 'http',
    method: 'GET',
    path: '/orders/7',
    status: '503',
    latency_ms: 250,
    ...given,
  }) as HubRecord;

describe('a filter of KFL', () => {
  it('reads as a person would write it', () => {
    expect(kflOf({ protocol: 'http', callee: 'orders', status: 'failed' })).toBe(
      'http && dst.service.name == "orders" && (status_code >= 500 || status_code == 0)',
    );
    expect(kflOf({ protocol: 'https', callee: 'api.pay.example', caller: 'web' })).toMatch(
      /^http && \(src\.service\.name == "web" \|\| src\.pod\.name\.matches\(/,
    );
  });

  it('matches the calls that are meant, and no others', () => {
    const fits = compileKfl(
      kflOf({
        protocol: 'http',
        callee: 'orders',
        caller: 'web',
        method: 'GET',
        path: '/orders/{id}',
        status: 'failed',
        slowerThan: 200,
      }),
    );
    expect(fits(record({}))).toBe(true);
    for (const other of [
      { proto: 'redis' },
      { dst: { ip: '10.0.0.2', port: 80, svc: 'cart' } },
      { src: { ip: '10.0.0.1', port: 1, pod: 'webshop-7d9c5b8f4-x2x9k' } },
      { method: 'POST' },
      { path: '/carts/7' },
      { status: '200' },
      { latency_ms: 150 },
    ]) {
      expect(fits(record(other as Partial<HubRecord>))).toBe(false);
    }
  });

  it('is one that can be read, whatever the traffic says', () => {
    const name = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(name, name, name, name, (callee, caller, method, path) => {
        const filter = kflOf({ protocol: 'http', callee, caller, method, path });
        expect(() => compileKfl(filter)(record({}))).not.toThrow();
      }),
    );
  });
});
