import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/compare/finding.ts';
import { weighMoments } from '../../src/compare/moments.ts';
import type { RuleId } from '../../src/compare/rules.ts';
import { OperationStats } from '../../src/profile/operation-stats.ts';
import { call } from '../support/calls.ts';
import { operationPair } from './view/make.ts';

const CALLS = 320;
const SLOTS = 16;

/** Calls of `from`, twenty a slot of time, of which those of `fails` fail; `only` these are made. */
function calls({
  from = 'gateway',
  fails = (_: number): boolean => false,
  only = (_: number): boolean => true,
}): OperationStats {
  const stats = new OperationStats();
  for (let i = 0; i < CALLS; i++) {
    if (!only(i)) continue;
    const status = fails(i) ? '503' : '200';
    stats.observe(
      call({ id: `n/${i}`, from, to: 'orders', status }),
      Math.floor((i * SLOTS) / CALLS),
    );
  }
  return stats;
}

function weigh(rule: RuleId, operation: string, path: string, cand: OperationStats) {
  const finding: Finding = {
    rule,
    category: 'behaviour',
    severity: 'breaking',
    operation,
    path,
    summary: 'It is so.',
    baseline: 0,
    candidate: 1,
    effect: 1,
    interval: null,
    samples: { baseline: CALLS, candidate: cand.count },
    evidence: [],
  };
  const pairs = [
    operationPair(path, calls({}), cand),
    operationPair('shop GET /', calls({}), calls({})),
  ];
  const [weighed] = weighMoments([finding], { pairs });
  return `${weighed?.severity}${weighed?.undecided ? ' ?' : ''}`;
}

describe('calls made again after they failed', () => {
  const retried = (fails: (i: number) => boolean) =>
    weigh('call.retries', 'gateway GET /api', 'orders GET /orders/{id}', calls({ fails }));

  it('warn where they failed for a moment, as pods do that are replaced', () => {
    expect(retried((i) => i >= 40 && i < 55)).toBe('warning');
    expect(retried((i) => i < 15)).toBe('warning');
  });

  it('break where they fail now and then, more often, or until the end', () => {
    expect(retried((i) => i % 20 === 3)).toBe('breaking');
    expect(retried((i) => i < 40)).toBe('breaking');
    expect(retried((i) => i >= CALLS - 15)).toBe('breaking');
  });
});

describe('background calls to whom nobody called', () => {
  const ask = (path: string, only: (i: number) => boolean, from = 'orders') =>
    weigh('call.new-destination', 'orders (background)', path, calls({ from, only }));

  it('warn where all lie in a short part of the time; a host leaves the verdict open', () => {
    expect(ask('config GET /orders', (i) => i < 60 && i % 10 === 0)).toBe('warning');
    expect(ask('keys.example.com GET /jwks', (i) => i < 60 && i % 10 === 0)).toBe('warning ?');
  });

  it('break where they go on, or where others make such calls too', () => {
    expect(ask('keys.example.com GET /jwks', (i) => i % 40 === 0)).toBe('breaking');
    expect(ask('keys.example.com GET /jwks', (i) => i < 60, 'web')).toBe('breaking');
  });

  it('say nothing of calls that a handled call makes', () => {
    const cand = calls({ from: 'orders', only: (i) => i < 60 });
    expect(weigh('call.new-destination', 'orders GET /a', 'a.example GET /', cand)).toBe(
      'breaking',
    );
  });
});
