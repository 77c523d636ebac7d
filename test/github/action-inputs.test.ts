import { describe, expect, it } from 'vitest';
import { readActionInputs, secretsOf } from '../../src/github/action-inputs.ts';

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

  it('looks once in mode monitor, with a baseline to start from or without', () => {
    expect(read({ mode: 'monitor', namespace: 'shop', 'max-latency': '500ms' })).toEqual({
      mode: 'monitor',
      given: new Map([
        ['namespace', 'shop'],
        ['max-latency', '500ms'],
        ['once', 'true'],
      ]),
      captures: [],
    });
    const { given } = read({ mode: 'monitor', baseline: 'artifact:shop' });
    expect(given.get('baseline')).toBe('artifact:shop');
  });

  it('investigates what Kubeshark saw, or a capture', () => {
    const asked = { mode: 'investigate', symptom: 'checkout fails', since: '2026-11-23T14:30:00Z' };
    expect(read(asked)).toEqual({
      mode: 'investigate',
      given: new Map([
        ['symptom', 'checkout fails'],
        ['since', '2026-11-23T14:30:00Z'],
      ]),
      captures: [],
    });
    expect(read({ ...asked, candidate: 'a.ndjson' }).captures).toEqual(['a.ndjson']);
  });

  it.each([
    [{ baseline: 'b' }, 'input mode must be baseline, verify, compare, monitor or investigate'],
    [{ mode: 'watch', baseline: 'b' }, 'input mode must be'],
    [{ mode: 'investigate', baseline: 'b' }, 'does not take the input baseline'],
    [{ mode: 'investigate', run: 'x' }, 'mode investigate does not take the input run'],
    [{ mode: 'monitor', candidate: 'c' }, 'does not take the input candidate'],
    [{ mode: 'monitor', run: 'x' }, 'mode monitor does not take the input run'],
    [{ mode: 'monitor', listen: ':8080' }, 'unknown input listen'],
    [{ mode: 'monitor', for: '1h' }, 'unknown input for'],
    [{ mode: 'verify', baseline: 'b', slack: 'x' }, 'mode verify does not take the input slack'],
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

it('secrets are those of every option that is one, by input and by variable, each of several', () => {
  const env = {
    'INPUT_KUBESHARK-TOKEN': 'hub',
    KUBESHARK_HUB_TOKEN: 'other',
    'INPUT_GITHUB-TOKEN': 'gh',
    INPUT_SLACK: 'https://hooks.example/a, https://hooks.example/b\nhttps://hooks.example/c',
    WIREPROOF_WEBHOOK_SECRET: 'whsec_1',
    'INPUT_WEBHOOK-SECRET': 'whsec_2',
    INPUT_NAMESPACE: 'shop',
  };
  const secrets = secretsOf(env);
  for (const text of ['hub', 'other', 'gh', 'whsec_1', 'whsec_2']) expect(secrets).toContain(text);
  expect(secrets).toContain('https://hooks.example/a');
  expect(secrets).toContain('https://hooks.example/b');
  expect(secrets).toContain('https://hooks.example/c');
  expect(secrets).not.toContain('shop');
});
