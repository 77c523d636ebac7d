import { expect, it } from 'vitest';
import { AlertBook } from '../../src/monitor/alerts/alert-book.ts';
import { OwnHealth } from '../../src/monitor/own-health.ts';
import { OWN_RULES } from '../../src/monitor/own-rules.ts';
import { USUAL_SETTINGS } from '../../src/monitor/settings.ts';
import { slotAt } from '../../src/monitor/slot.ts';
import { callAt } from './calls.ts';
import { noNormal } from './normal.ts';
import { viewOf } from './views.ts';

const INTERVAL = 300_000;
const NONE = { error: undefined, unkept: undefined };
const START = Date.UTC(2026, 10, 2, 9);

it('says that more operations were called than are measured', () => {
  const health = new OwnHealth();
  const book = new AlertBook('all', new Map(OWN_RULES.map((rule) => [rule.id, rule])), undefined);
  const changed = [0, 1, 2].flatMap((i) => {
    const slot = slotAt(START + i * INTERVAL, INTERVAL);
    const calls = Array.from({ length: 5_003 }, (_, n) =>
      callAt({ ts: slot.start + n, to: `h${n}` }),
    );
    health.noteSlot(viewOf(slot, calls), noNormal, []);
    return book.firing().length === 0
      ? health.update(book, slot.end, INTERVAL, USUAL_SETTINGS, NONE)
      : [];
  });
  expect(changed.map(({ rule, state }) => `${rule} ${state}`)).toEqual([
    'monitor.incomplete firing',
  ]);
  expect(changed[0]?.summary).toMatch(/3 calls were of further operations than the 5000/);
});
