import { expect, it } from 'vitest';
import { withOrigin } from '../../src/verdict/baseline-origin.ts';
import { judgeWithoutBaseline } from '../../src/verdict/no-baseline.ts';
import { strictest } from '../../src/verdict/strictest.ts';
import { healthy, judgement } from '../support/judgements.ts';

const store =
  'store one when the system is as it should be: `wireproof baseline` with -o and the same place';

it.each([
  ['inconclusive', 'INCONCLUSIVE', []],
  ['fail', 'FAIL', ['--missing-baseline fail makes this a FAIL']],
  ['pass', 'INCONCLUSIVE', ['--missing-baseline pass lets it through all the same']],
] as const)('without a baseline and %s, the verdict is %s', (policy, verdict, more) => {
  const judged = judgeWithoutBaseline('baseline.json is not there', policy);
  const nothing = {
    calls: 0,
    duplicates: 0,
    badRecords: 0,
    start: null,
    end: null,
    bodies: { whole: 0, cut: 0, redacted: 0 },
    silence: null,
    clockSkew: null,
    problems: [],
  };
  expect(judged).toEqual({
    schemaVersion: 1,
    verdict,
    reasons: ['baseline.json is not there: nothing was compared', store, ...more],
    findings: [],
    coverage: {
      comparedShare: 0,
      operations: { baseline: 0, candidate: 0, compared: 0 },
      notCovered: [],
      added: [],
      notChecked: [],
      compared: [],
      unreadBodies: { baseline: 0, candidate: 0 },
    },
    capture: { baseline: nothing, candidate: nothing },
  });
});

it('of several judgements the strictest counts, the first of those', () => {
  const pass = judgement();
  const open = judgement({ verdict: 'INCONCLUSIVE' });
  const fail = judgement({ verdict: 'FAIL' });
  expect(strictest([pass])).toBe(pass);
  expect(strictest([pass, judgement()])).toBe(pass);
  expect(strictest([pass, open, judgement({ verdict: 'INCONCLUSIVE' })])).toBe(open);
  expect(strictest([open, fail, pass])).toBe(fail);
  expect(strictest([fail, open])).toBe(fail);
});

it('a judgement says where its baseline comes from and how old it is', () => {
  const source = { place: 'git:baselines', wireproof: '0.1.0', windows: 2, tooOld: 1, end: 400 };
  const at = (start: number | null) =>
    judgement({ capture: { baseline: healthy, candidate: { ...healthy, start } } });
  expect(withOrigin(at(1000), source)).toEqual({
    ...at(1000),
    baselineOrigin: { ...source, ageMs: 600 },
  });
  expect(withOrigin(at(null), source).baselineOrigin?.ageMs).toBeNull();
  expect(withOrigin(at(1000), { ...source, end: null }).baselineOrigin?.ageMs).toBeNull();
  const unsaid = at(1000);
  expect(withOrigin(unsaid, undefined)).toBe(unsaid);
});
