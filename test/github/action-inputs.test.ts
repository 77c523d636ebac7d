import { describe, expect, it } from 'vitest';
import { readActionInputs } from '../../src/github/action-inputs.ts';

const read = (inputs: Record<string, string>) =>
  readActionInputs(
    Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
  );

describe('readActionInputs', () => {
  it('makes baseline the file to write in mode baseline', () => {
    expect(read({ mode: 'baseline', baseline: 'b.json', namespace: 'shop', kfl: ' ' })).toEqual({
      mode: 'baseline',
      given: new Map([
        ['namespace', 'shop'],
        ['output', 'b.json'],
      ]),
      captures: [],
    });
  });

  it('makes baseline the file to compare with in mode verify', () => {
    const { given } = read({ mode: 'verify', baseline: 'b.json', 'allow-inconclusive': 'true' });
    expect(given).toEqual(
      new Map([
        ['allow-inconclusive', 'true'],
        ['baseline', 'b.json'],
      ]),
    );
  });

  it('compares baseline and candidate in mode compare', () => {
    const { captures } = read({ mode: 'compare', baseline: 'a.ndjson', candidate: 'b.ndjson' });
    expect(captures).toEqual(['a.ndjson', 'b.ndjson']);
  });

  it.each([
    [{ baseline: 'b' }, 'input mode must be baseline, verify or compare'],
    [{ mode: 'monitor', baseline: 'b' }, 'input mode must be'],
    [{ mode: 'verify' }, 'mode verify needs the input baseline'],
    [{ mode: 'compare', baseline: 'b' }, 'mode compare needs the input candidate'],
    [{ mode: 'verify', baseline: 'b', candidate: 'c' }, 'does not take the input candidate'],
    [{ mode: 'compare', baseline: 'a', candidate: 'b', run: 'x' }, 'does not take the input run'],
    [{ mode: 'verify', baseline: 'b', 'min-sample': '1' }, 'unknown input min-sample'],
    [{ mode: 'verify', baseline: 'b', output: 'o' }, 'unknown input output'],
  ])('refuses %j', (inputs, message) => {
    expect(() => read(inputs as unknown as Record<string, string>)).toThrow(message);
  });
});
