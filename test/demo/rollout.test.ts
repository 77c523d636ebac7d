import { describe, expect, it } from 'vitest';
import { makePlan } from '../../demo/client/plan.ts';
import { makeRollout } from '../../demo/cluster/rollout.ts';
import { makeDataset } from '../../demo/data/dataset.ts';
import { podOwner } from '../../src/calls/pod-owner.ts';

const pods = (seed: number, variant: 'pods' | 'ports' | undefined = undefined) =>
  makeRollout(seed, variant ? [variant] : []).instances.map(({ served }) => served);

const services = (parties: ReturnType<typeof pods>) => parties.map(({ svc }) => svc);

describe('a rollout', () => {
  it('is drawn from its seed', () => {
    expect(makeRollout(3, ['pods'])).toEqual(makeRollout(3, ['pods']));
  });

  it('keeps its services and renames their pods', () => {
    const [one, two] = [pods(1), pods(2)];
    expect(services(one)).toEqual(services(two));
    const names = new Set(one.map(({ pod }) => pod).filter((pod) => pod?.includes('-0') === false));
    expect(two.filter(({ pod }) => pod && names.has(pod))).toEqual([]);
  });

  it('names pods as Kubernetes does, so that each is known by its owner', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const inside = pods(seed, 'pods').filter(({ svc }) => svc !== undefined);
      expect(inside.map(({ pod = '', node }) => podOwner(pod, node))).toEqual(services(inside));
    }
  });

  it('has more pods, or other ports, where asked', () => {
    const orders = pods(1, 'pods').filter(({ svc }) => svc === 'orders');
    expect(new Set(orders.map(({ pod }) => pod)).size).toBe(3);
    const inside = pods(1, 'ports').filter(({ svc, port }) => svc && port);
    expect(inside.some(({ port }) => port === 8080)).toBe(false);
  });
});

describe('the plan of the client', () => {
  const paths = (seed: number) => {
    const plan = makePlan(seed, 400, makeDataset(seed));
    return plan.map(({ method, path }) => `${method} ${path}`);
  };

  it('is drawn from its seed: same seed, same requests; another, other order and ids', () => {
    expect(paths(4)).toEqual(paths(4));
    expect(paths(5)).not.toEqual(paths(4));
  });

  it('has as many requests of each operation whatever the seed', () => {
    const counts = (seed: number) => {
      const operations = paths(seed).map((path) => path.split(/[?]|\/(?=[^/]*\d)/)[0] ?? '');
      return operations.filter((operation) => operation === 'POST /api/orders').length;
    };
    expect(counts(4)).toBe(counts(5));
    expect(paths(4)).toHaveLength(paths(5).length);
  });
});
