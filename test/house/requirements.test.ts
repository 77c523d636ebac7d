import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { requirements } from '../requirements.ts';

/** How many rows the mission has, by section: none may get lost. */
const ROWS = {
  'gate: course': 6,
  'gate: validates': 6,
  'gate: regression types': 6,
  'gate: card': 9,
  'monitor: loop': 8,
  'monitor: watches': 5,
  'monitor: asked in words': 3,
  'incident: can': 6,
  'incident: finds': 5,
  'incident: answers': 3,
  'tools: gate': 4,
  'tools: monitor': 4,
  'tools: incident': 6,
  'agents: start and end': 7,
  'feedback that tests miss': 10,
};

it('has every row of the mission, each once', () => {
  const counts: Record<string, number> = {};
  for (const { section } of requirements) counts[section] = (counts[section] ?? 0) + 1;
  expect(counts).toEqual(ROWS);
  const names = requirements.map(({ section, row }) => `${section}: ${row}`);
  expect(new Set(names).size).toBe(names.length);
});

const shown = requirements.flatMap(({ section, row, shownBy }) =>
  shownBy === 'open' ? [] : [{ name: `${section}: ${row}`, proofs: shownBy }],
);

it.each(shown)('$name', ({ proofs }) => {
  expect(proofs.length).toBeGreaterThan(0);
  for (const [file, words] of proofs) {
    expect(readFileSync(file, 'utf8').includes(words), `${file} holds ${words}`).toBe(true);
  }
});
