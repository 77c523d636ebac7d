import { describe, expect, it } from 'vitest';
import { changed, missing } from '../../../src/compare/own-work/findings.ts';
import type { Beside } from '../../../src/compare/own-work/own-calls.ts';
import { edgeOf } from './make.ts';

const SEND = 'mail POST /send';
const beside = (base: number, cand: number, unit: Beside['unit'] = 'calls'): Beside => ({
  operation: 'db POST /notes',
  base,
  cand,
  unit,
});

describe('calls that are missing', () => {
  const goesOn = (other: Beside, timeRatio = 1) =>
    missing('mailer', edgeOf(SEND, 100, 0), [], [other], timeRatio, undefined).severity ===
    'breaking';

  it('break where something is done half as often to twice as often, and goes on', () => {
    expect([50, 100, 200].map((base) => goesOn(beside(base, base)))).toEqual([true, true, true]);
    expect([49, 201].map((base) => goesOn(beside(base, base)))).toEqual([false, false]);
    expect([50, 49].map((cand) => goesOn(beside(100, cand)))).toEqual([true, false]);
  });

  it('are expected by the time, where that is shorter, and not by a longer one', () => {
    expect([25, 24].map((cand) => goesOn(beside(100, cand), 0.5))).toEqual([true, false]);
    expect(goesOn(beside(100, 50), 2)).toBe(true);
  });

  it('are replaced by others of the method at the callee, or of another name of its host', () => {
    const isReplaced = (operation: string, cand = 100, base = 0, timeRatio = 1) =>
      missing(
        'mailer',
        edgeOf(SEND, 100, 0),
        [edgeOf(operation, base, cand)],
        [],
        timeRatio,
        undefined,
      ).summary.endsWith('Another POST is in its place.');
    expect(isReplaced('mail POST /v2/send')).toBe(true);
    expect(isReplaced('mail PUT /send')).toBe(false);
    expect(isReplaced('mail2 POST /send')).toBe(true);
    expect(isReplaced('mail2 POST /v2/send')).toBe(false);
    expect(isReplaced('mail2 POST /send', 100, 1)).toBe(false);
    expect([50, 49].map((cand) => isReplaced('mail2 POST /send', cand))).toEqual([true, false]);
    expect([25, 24].map((cand) => isReplaced('mail2 POST /send', cand, 0, 0.5))).toEqual([
      true,
      false,
    ]);
    expect(isReplaced('mail2 POST /send', 50, 0, 2)).toBe(true);
  });

  it('may follow the customers where their host is one of many', () => {
    const many = { undecided: 'one of many' };
    const other = beside(100, 100);
    expect(missing('mailer', edgeOf(SEND, 100, 0), [], [other], 1, many)).toMatchObject({
      severity: 'warning',
      undecided: 'one of many',
    });
  });
});

describe('calls that are more or fewer than before', () => {
  const told = (
    [base, cand]: readonly [number, number],
    others: readonly Beside[],
    load = 1,
    operation = SEND,
  ) => {
    const edge = edgeOf(operation, base, cand);
    const { severity, effect, undecided } = changed('mailer', edge, others, load, undefined) ?? {};
    return severity && `${severity} ${effect}${undecided ? ' ?' : ''}`;
  };

  it('are told from half as many again on, and break where they are nearly twice as many', () => {
    const from = (cand: number) => told([1000, cand], [beside(1000, 1000)]);
    expect([1490, 1500, 1790, 1800].map(from)).toEqual([
      undefined,
      'warning 1.5',
      'warning 1.79',
      'breaking 1.8',
    ]);
    expect([680, 600].map(from)).toEqual([undefined, 'warning 0.6']);
    expect(told([1000, 2000], [beside(1000, 1000)], 1, 'queue HEARTBEAT')).toBe('warning 2');
  });

  it('are nothing where it may be chance', () => {
    expect(told([20, 40], [beside(20, 20)])).toBeUndefined();
    expect(told([100, 200], [beside(100, 100)])).toBe('breaking 2');
  });

  it('are those that changed, where one of two things did: as the load did, it is the other', () => {
    expect(told([1000, 2000], [beside(1000, 1000)], 2)).toBeUndefined();
    expect(told([1000, 2000], [beside(1000, 500)])).toBeUndefined();
    expect(told([1000, 2000], [beside(1000, 600)])).toBe('breaking 3.33');
  });

  it('are judged beside what was done as often, all of it', () => {
    expect(told([1000, 2000], [beside(1100, 1100)])).toBe('breaking 2');
    expect(told([1000, 2000], [beside(1110, 1110)])).toBeUndefined();
    expect(told([1000, 2000], [beside(1000, 1000), beside(1000, 2000)])).toBeUndefined();
    expect(told([1000, 2000], [])).toBeUndefined();
  });

  it('are judged by messages where each had one to four of them', () => {
    const calls = [1200, 2400] as const;
    const each = (forOne: number) => {
      const messages = Math.round(1200 / forOne);
      return beside(messages, messages, 'messages');
    };
    expect([1, 2, 4, 2.09].map((forOne) => told(calls, [each(forOne)]))).toEqual(
      Array(4).fill('breaking 2'),
    );
    expect([0.05, 5, 2.12, 0.5].map((forOne) => told(calls, [each(forOne)]))).toEqual(Array(4));
  });

  it('are judged by batches where each had one to four of them', () => {
    const each = (forOne: number, cand = 2400) => {
      const batches = Math.round(1200 / forOne);
      const besides = [beside(batches, batches, 'batches'), beside(20_000, 20_000, 'messages')];
      return told([1200, cand], besides);
    };
    expect([1, 2, 4, 2.09].map((forOne) => each(forOne))).toEqual(Array(4).fill('breaking 2'));
    expect([0.05, 5, 2.12, 0.5].map((forOne) => each(forOne))).toEqual(Array(4));
    expect(each(1, 400)).toBe('warning 0.333');
  });

  it('are judged by batches only where they are more for each message as well', () => {
    const of = (calls: number, batches: number, messages: number) =>
      told([100, calls], [beside(100, batches, 'batches'), beside(500, messages, 'messages')]);
    expect(of(300, 100, 500)).toBe('breaking 3');
    // Other loads, with batches as large, larger or smaller.
    expect([of(200, 200, 1000), of(110, 110, 1000), of(90, 90, 100)]).toEqual(Array(3));
    // Large batches that are written in parts, and many that are written together.
    expect([of(300, 100, 1500), of(30, 90, 300)]).toEqual([undefined, 'warning 0.333']);
    expect(of(100, 300, 500)).toBeUndefined();
  });

  it('are judged by messages and batches where each batch was a message', () => {
    const of = (calls: number, batches: number) =>
      told([200, calls], [beside(200, 200, 'messages'), beside(200, batches, 'batches')]);
    expect([of(600, 200), of(600, 20)]).toEqual(['breaking 3', 'breaking 3']);
    expect(of(20, 20)).toBeUndefined();
  });

  it('are told beside what they changed least', () => {
    const [batches, more] = [beside(200, 100, 'batches'), beside(200, 200, 'batches')];
    const messages = beside(900, 900, 'messages');
    expect(told([200, 600], [batches, messages, more])).toBe('breaking 3');
    const each = beside(200, 180, 'messages');
    expect(told([200, 600], [each, more])).toBe('breaking 3.33');
  });

  it('are judged beside ten messages or more', () => {
    const few = (cand: number) => told([100, 100], [beside(100, cand, 'messages')]);
    expect([9, 10].map(few)).toEqual([undefined, 'breaking 10']);
  });
});
