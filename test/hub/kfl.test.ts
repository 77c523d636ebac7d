import { describe, expect, it } from 'vitest';
import { compileKfl } from './kfl.ts';
import { syntheticCalls } from './synthetic.ts';

const [record] = syntheticCalls({ calls: 1, start: 1000, span: 1000 });
if (record === undefined) throw new Error('no record');
const call = {
  ...record,
  method: 'POST',
  path: '/api/orders?id=7',
  status: 503,
  latency_ms: 1.5,
  src: { pod: 'web-0', ns: 'shop', port: 40_000 },
  dst: { svc: 'orders', ns: 'shop', port: 8080 },
};

describe('the filter language of the stand-in', () => {
  it.each([
    ['', true],
    ['http', true],
    ['redis', false],
    ['http && status_code >= 500', true],
    ['http && (method == "GET" || path == "/api/orders")', true],
    ['!(src.port <= 40000)', false],
    ['elapsed_time == 1500', true],
    ['"shop" in namespaces && !("prod" in namespaces)', true],
    ['dst.service.name == "orders"', true],
    ['src.service.name == ""', true],
    ['src.pod.name.matches("^web-[0-9]+$") && url.contains("id=7")', true],
    ['http // && redis', true],
  ])('%s → %s', (filter, matches) => expect(compileKfl(filter)(call)).toBe(matches));

  it.each(['response.status == 503', 'http || nonsense', '!src.ns.contains("shop")'])(
    'an unknown field matches nothing, nowhere in the filter: %s',
    (filter) => expect(compileKfl(filter)(call)).toBe(false),
  );

  it.each(['http &&', '(http', 'http http', 'method == ', 'a ? b : c'])(
    'declines what it cannot read: %s',
    (filter) => expect(() => compileKfl(filter)).toThrow(SyntaxError),
  );
});
