import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../../src/monitor/alert.ts';
import { waitAfter } from '../../../src/monitor/alerts/backoff.ts';
import { Outbox } from '../../../src/monitor/alerts/outbox.ts';
import { type Sink, SinkFailure } from '../../../src/monitor/sink.ts';
import type { Json } from '../../../src/support/json.ts';
import type { Progress } from '../../../src/support/progress.ts';
import { resolved, someAlert } from './some-alert.ts';

const { signal } = new AbortController();
const HOUR = 3_600_000;

class Memory implements Sink {
  readonly name: string;
  readonly taken: string[] = [];
  /** Throws what this gives. */
  fails: (alert: Alert) => Error | undefined = () => undefined;

  constructor(name: string) {
    this.name = name;
  }

  async deliver(alert: Alert): Promise<void> {
    const failure = this.fails(alert);
    if (failure) throw failure;
    this.taken.push(`${alert.id} ${alert.state}`);
  }
}

class Lines implements Progress {
  readonly lines: string[] = [];
  step(): void {}
  note(line: string): void {
    this.lines.push(line);
  }
  warn(line: string): void {
    this.lines.push(line);
  }
}

const a = someAlert({ id: 'a' });
const b = someAlert({ id: 'b' });
const down = () => new SinkFailure('answered 503', true);
const restart = (outbox: Outbox) => new Outbox(JSON.parse(JSON.stringify(outbox)) as Json);

describe('the outbox', () => {
  it('sends to each sink once, in order', async () => {
    const [one, two] = [new Memory('one'), new Memory('two')];
    const outbox = new Outbox();
    outbox.add([a, b], ['one', 'two']);
    outbox.add([resolved(a)], ['one', 'two']);
    expect(outbox.pending).toBe(3);
    expect(await outbox.deliver([one, two], 0, signal, new Lines())).toBe(true);
    for (const { taken } of [one, two])
      expect(taken).toEqual(['a firing', 'b firing', 'a resolved']);
    expect(outbox.pending).toBe(0);
    expect(await outbox.deliver([one, two], 0, signal, new Lines())).toBe(false);
  });

  it('keeps back what is silenced', () => {
    const outbox = new Outbox();
    outbox.add([someAlert({ silenced: 'a test' })], ['one']);
    expect(outbox.pending).toBe(0);
  });

  it('tries again later, through restarts, and sends a firing before its end', async () => {
    const one = new Memory('one');
    one.fails = down;
    let outbox = new Outbox();
    outbox.add([a, resolved(a)], ['one']);
    const progress = new Lines();
    let now = 0;
    for (let i = 0; i < 10; i++) {
      outbox = restart(outbox);
      await outbox.deliver([one], now, signal, progress);
      now += HOUR;
    }
    expect(outbox.pending).toBe(2);
    expect(progress.lines).toEqual(['one: answered 503; trying again']);
    one.fails = () => undefined;
    await outbox.deliver([one], now, signal, progress);
    expect(one.taken).toEqual(['a firing', 'a resolved']);
  });

  it('does not let one alert that is not taken hold up the others', async () => {
    const one = new Memory('one');
    one.fails = ({ id }) => (id === 'a' ? down() : undefined);
    const outbox = new Outbox();
    outbox.add([a, resolved(a), b], ['one']);
    await outbox.deliver([one], 0, signal, new Lines());
    expect(one.taken).toEqual(['b firing']);
    expect(outbox.pending).toBe(2);
  });

  it('leaves a receiver alone that is down', async () => {
    const one = new Memory('one');
    let tries = 0;
    one.fails = () => {
      tries++;
      return down();
    };
    const outbox = new Outbox();
    outbox.add(
      Array.from({ length: 50 }, (_, i) => someAlert({ id: `n${i}` })),
      ['one'],
    );
    await outbox.deliver([one], 0, signal, new Lines());
    expect(tries).toBe(3);
  });

  it('waits as long as the receiver asks for', async () => {
    const one = new Memory('one');
    one.fails = () => new SinkFailure('answered 429', true, 600_000);
    const outbox = new Outbox();
    outbox.add([a], ['one']);
    await outbox.deliver([one], 1_000, signal, new Lines());
    one.fails = () => undefined;
    await outbox.deliver([one], 600_999, signal, new Lines());
    expect(one.taken).toEqual([]);
    await outbox.deliver([one], 601_000, signal, new Lines());
    expect(one.taken).toEqual(['a firing']);
  });

  it('drops what a receiver refuses, says so, and sends the rest', async () => {
    const one = new Memory('one');
    one.fails = ({ state }) =>
      state === 'firing' ? new SinkFailure('answered 400', false) : undefined;
    const outbox = new Outbox();
    outbox.add([a, resolved(a)], ['one']);
    const progress = new Lines();
    await outbox.deliver([one], 0, signal, progress);
    expect(progress.lines).toEqual(['one: answered 400; alert a is not sent there']);
    expect(one.taken).toEqual(['a resolved']);
    expect(outbox.counts().get('one')).toEqual({
      delivered: 1,
      refused: 1,
      dropped: 0,
      pending: 0,
    });
  });

  it('keeps since when a sink takes nothing, and why, until it takes something', async () => {
    const one = new Memory('one');
    let outbox = new Outbox();
    const failing = () => outbox.counts().get('one')?.failing;
    outbox.add([a, b], ['one']);
    one.fails = down;
    await outbox.deliver([one], HOUR, signal, new Lines());
    expect(failing()).toEqual({ since: HOUR, reason: 'answered 503' });
    outbox = restart(outbox);
    one.fails = () => new SinkFailure(`\u202e${'no answer '.repeat(100)}`, true);
    await outbox.deliver([one], 2 * HOUR, signal, new Lines());
    expect(failing()?.since).toBe(HOUR);
    expect(failing()?.reason).toMatch(/^[ -~]*no answer/);
    expect(failing()?.reason.length).toBeLessThanOrEqual(220);
    one.fails = ({ id }) => (id === 'a' ? down() : undefined);
    await outbox.deliver([one], 3 * HOUR, signal, new Lines());
    expect(failing()).toBeUndefined();
    // What it refuses for good is trouble as well: an address or a credential may be wrong.
    one.fails = () => new SinkFailure('answered 401', false);
    await outbox.deliver([one], 4 * HOUR, signal, new Lines());
    expect(failing()).toEqual({ since: 4 * HOUR, reason: 'answered 401' });
    expect(outbox.pending).toBe(0);
    await outbox.deliver([one], 5 * HOUR, signal, new Lines());
    expect(failing()).toEqual({ since: 4 * HOUR, reason: 'answered 401' });
  });

  it('forgets a sink that is configured no more', async () => {
    const outbox = new Outbox();
    outbox.add([a], ['one', 'gone']);
    const progress = new Lines();
    const one = new Memory('one');
    expect(await outbox.deliver([one], 0, signal, progress)).toBe(true);
    expect(progress.lines).toEqual([
      'gone is configured no more: 1 waiting alerts are not sent there',
    ]);
    expect(outbox.pending).toBe(0);
  });

  it('sends the newest of the news that wait, and never instead of an end', async () => {
    const one = new Memory('one');
    const summaries: string[] = [];
    const outbox = new Outbox();
    const later = someAlert({ id: 'a', summary: 'later' });
    outbox.add([a], ['one']);
    outbox.add([later], ['one']);
    outbox.add([resolved(a)], ['one']);
    outbox.add([someAlert({ id: 'a', summary: 'again' })], ['one']);
    one.fails = ({ summary, state }) => {
      summaries.push(`${state} ${summary === a.summary ? 'first' : summary}`);
      return undefined;
    };
    await outbox.deliver([one], 0, signal, new Lines());
    expect(summaries).toEqual(['firing later', 'resolved first', 'firing again']);
  });

  it('is bounded: what is over goes first, and that is counted and told', async () => {
    const outbox = new Outbox();
    outbox.add([someAlert({ id: 'old' }), a, resolved(a)], ['one']);
    outbox.add(
      Array.from({ length: 9_998 }, (_, i) => someAlert({ id: `n${i}` })),
      ['one'],
    );
    expect(outbox.pending).toBe(9_999);
    expect(outbox.counts().get('one')?.dropped).toBe(2);
    const one = new Memory('one');
    const progress = new Lines();
    await outbox.deliver([one], 0, signal, progress);
    expect(progress.lines).toEqual(['alerts: 2 waiting messages were dropped for want of room']);
    expect(one.taken[0]).toBe('old firing');
  });

  it('loses nothing and keeps the order, whatever fails and whenever it is restarted', async () => {
    const step = fc.record({
      failing: fc.subarray(['a', 'b', 'c']),
      restart: fc.boolean(),
      add: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const sink = new Memory('one');
        let outbox = new Outbox();
        const given: string[] = [];
        const open = new Set<string>();
        let now = 0;
        for (const { failing, restart: again, add } of steps) {
          if (add !== undefined) {
            const alert = someAlert({ id: add });
            const next = open.has(add) ? resolved(alert) : alert;
            if (!open.delete(add)) open.add(add);
            outbox.add([next], ['one']);
            given.push(`${add} ${next.state}`);
          }
          sink.fails = ({ id }) => (failing.includes(id) ? down() : undefined);
          await outbox.deliver([sink], now, signal, new Lines());
          if (again) outbox = restart(outbox);
          now += HOUR;
        }
        sink.fails = () => undefined;
        await outbox.deliver([sink], now, signal, new Lines());
        expect(outbox.pending).toBe(0);
        for (const id of ['a', 'b', 'c']) {
          const own = (line: string) => line.startsWith(id);
          expect(sink.taken.filter(own)).toEqual(given.filter(own));
        }
      }),
    );
  });

  it('refuses what it has not written', () => {
    expect(() => new Outbox({ format: 1, mails: [{}] })).toThrow(RangeError);
  });
});

describe('the wait between attempts', () => {
  it('grows to a quarter of an hour, is the same for the same id, and differs between ids', () => {
    const waits = Array.from({ length: 20 }, (_, i) => waitAfter(i + 1, 'a'));
    expect(waits[0]).toBeGreaterThanOrEqual(4_375);
    expect(waits[0]).toBeLessThanOrEqual(5_625);
    expect(Math.max(...waits)).toBeLessThanOrEqual(1.125 * 900_000);
    expect(waits[19]).toBeGreaterThanOrEqual(0.875 * 900_000);
    expect(waits).toEqual(Array.from({ length: 20 }, (_, i) => waitAfter(i + 1, 'a')));
    expect(new Set(['a', 'b', 'c', 'd'].map((id) => waitAfter(5, id))).size).toBe(4);
    expect(waitAfter(1, 'a', 24 * HOUR)).toBe(HOUR);
  });
});
