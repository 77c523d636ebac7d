import { expect, it } from 'vitest';
import { visibleWords } from '../../src/report/visible-words.ts';

it('tells what would have been seen, and what would not, never as less than it is', () => {
  expect(visibleWords({ slowdown: 1.4, newError: 0.03, vanished: 0.08 })).toBe(
    '1.4× slower, new errors in 3 %, a field lost in 8 %',
  );
  expect(visibleWords({ slowdown: 2.14, newError: 0.0411, vanished: 0.118 })).toBe(
    '2.14× slower, new errors in 4.2 %, a field lost in 12 %',
  );
  expect(visibleWords({ slowdown: null, newError: 0.299, vanished: 0.59 })).toBe(
    'new errors in 30 %, a field lost in 59 %, no slowdown for certain',
  );
  expect(visibleWords({ slowdown: null, newError: null, vanished: null })).toBe(
    'no slowdown or new error or loss for certain',
  );
});
