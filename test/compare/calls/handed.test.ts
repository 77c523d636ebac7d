import { expect, test } from 'vitest';
import { fanoutOf, judged, pairOf } from './make.ts';

const ROUTES = 'routes GET /api';

/** Calls of two operations of one workload to one callee, of 100 handled calls each. */
interface Side {
  readonly teams: number;
  readonly quotes: number;
  readonly confidence?: number;
}

function told(base: Side, cand: Side): string[] {
  const of = (name: 'teams' | 'quotes') => {
    const [before, after] = [base, cand].map((side, at) =>
      fanoutOf(
        100,
        (i) => (i < side[name] ? [{ to: ROUTES, confidence: side.confidence ?? 0.95 }] : []),
        { side: `${name}${at}` },
      ),
    );
    return pairOf(before, after, `orders GET /${name}`);
  };
  const { findings } = judged([of('teams'), of('quotes')]);
  return findings.map(({ severity, rule, operation, summary }) => {
    const why = /as often in all/.test(summary)
      ? ' handed'
      : /unsure/.test(summary)
        ? ' unsure'
        : '';
    return `${severity} ${rule} ${operation}${why}`;
  });
}

test('calls that another operation of the workload lost are not sure to be new', () => {
  for (const confidence of [0.95, 0.999]) {
    const [base, cand] = [
      { teams: 0, quotes: 40, confidence },
      { teams: 38, quotes: 3, confidence },
    ];
    expect(told(base, cand)).toEqual([
      'warning call.extra orders GET /teams handed',
      expect.stringMatching(/^warning .* orders GET \/quotes handed$/),
    ]);
  }
});

test('they are where the links are exact, the other lost none, or the sum says otherwise', () => {
  const extra = 'breaking call.extra orders GET /teams';
  const sure = { confidence: 1 };
  expect(told({ teams: 0, quotes: 40, ...sure }, { teams: 38, quotes: 3, ...sure })).toContain(
    extra,
  );
  expect(told({ teams: 0, quotes: 40 }, { teams: 38, quotes: 40 })).toContain(extra);
  expect(told({ teams: 0, quotes: 40 }, { teams: 90, quotes: 10 })).toContain(extra);
});

test('a change that is small beside the calls of others hides nothing', () => {
  expect(told({ teams: 0, quotes: 100 }, { teams: 20, quotes: 85 })).toContain(
    'breaking call.extra orders GET /teams',
  );
});

test('links must be surer where another operation may be the cause', () => {
  const unsure = { confidence: 0.8 };
  expect(told({ teams: 0, quotes: 40 }, { teams: 40, quotes: 40, ...unsure })).toContain(
    'warning call.extra orders GET /teams unsure',
  );
  expect(told({ teams: 0, quotes: 0 }, { teams: 40, quotes: 0, ...unsure })).toEqual([
    expect.stringMatching(/^breaking .* orders GET \/teams$/),
  ]);
});
