import { describe, expect, it } from 'vitest';
import type { OperationPair } from '../../../src/compare/pairs.ts';
import { withSecondOpinions } from '../../../src/compare/schema/second-opinion.ts';
import { OperationStats } from '../../../src/profile/operation-stats.ts';
import { call } from '../../profile/schema/make.ts';
import { compared, random } from './make.ts';

const NAME = 'api GET /things';

function stats(body: (i: number) => unknown, prefix: string): OperationStats {
  const made = new OperationStats();
  for (let i = 0; i < 50; i++) {
    const text = JSON.stringify(body(i));
    made.observe(call(`${prefix}${i}`, { responseBody: { state: 'whole', text } }), 0);
  }
  return made;
}

async function opinions(base: (i: number) => unknown, cand: (i: number) => unknown) {
  const pair: OperationPair = {
    operation: NAME,
    family: { workload: 'api', protocol: 'http', method: 'GET', separator: '/', mutation: false },
    base: stats(base, 'b'),
    cand: stats(cand, 'c'),
    subjects: undefined,
  };
  const response = (side: OperationStats) => side.statuses[0]?.[1].response;
  const [before, after] = [response(pair.base), response(pair.cand)];
  if (!before || !after) throw new Error('no response');
  const { findings } = compared('response', before, after);
  const answered = await withSecondOpinions(findings, [pair]);
  return answered.map(({ rule, path, secondOpinion }) => `${rule} ${path}: ${secondOpinion}`);
}

describe('withSecondOpinions', () => {
  it('agrees on what both see, and says what it can not judge', async () => {
    const answers = await opinions(
      (i) => ({ id: i, items: [{ a: 1, b: 'x' }], owner: 'x', kind: i % 2 ? 'a' : 'b' }),
      (i) => ({ id: String(i), items: [{ a: 1 }], owner: i % 2 ? 'x' : null, kind: 'c' }),
    );
    expect(answers).toContain('schema.type-changed response 200 /id: agrees');
    expect(answers).toContain('schema.field-removed response 200 /items/*/b: agrees');
    expect(answers).toContain('schema.became-nullable response 200 /owner: agrees');
    expect(answers).toContain('schema.enum-value-added response 200 /kind: not supported');
  });

  it('agrees wherever generated objects lost, gained or retyped a field', async () => {
    const next = random(7);
    for (let round = 0; round < 20; round++) {
      const names = Array.from({ length: 8 }, (_, i) => `f${'abcdefgh'[i]}`);
      const drop = names[Math.floor(next() * 8)];
      const retype = names[Math.floor(next() * 8)];
      const base = () => Object.fromEntries(names.map((name, i) => [name, i % 2 ? i : `s${i}`]));
      const cand = () =>
        Object.fromEntries(
          names
            .filter((name) => name !== drop)
            .map((name, i) => [name, name === retype ? [i] : base()[name]]),
        );
      const answers = await opinions(base, cand);
      expect(answers.length).toBeGreaterThan(0);
      for (const answer of answers) expect(answer).toMatch(/agrees$/);
    }
  });
});
