import { describe, expect, it } from 'vitest';
import { ERROR_DETECTORS } from '../../../src/monitor/detect/errors/index.ts';
import { LATENCY_DETECTORS } from '../../../src/monitor/detect/latency/index.ts';
import { NETWORK_DETECTORS } from '../../../src/monitor/detect/network/index.ts';
import { TRAFFIC_DETECTORS } from '../../../src/monitor/detect/traffic/index.ts';

const kinds = [ERROR_DETECTORS, LATENCY_DETECTORS, TRAFFIC_DETECTORS, NETWORK_DETECTORS].flat();
const rules = kinds.flatMap((kind) => kind.rules);

describe('rules of errors, latency, traffic and network', () => {
  it('have ids of their own, in their category', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { id, category } of rules) expect(id.split('.')[0]).toBe(category);
    expect(new Set(kinds.map(({ name }) => name)).size).toBe(kinds.length);
  });

  it('are documented in sentences', () => {
    for (const { meaning, method, remedy } of rules) {
      for (const text of [meaning, method, remedy]) expect(text).toMatch(/^[A-Z].*\.$/s);
    }
  });
});
