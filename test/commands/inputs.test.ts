import { describe, expect, it } from 'vitest';
import { NO_SETTINGS } from '../../src/commands/config/config.ts';
import { toInputs } from '../../src/commands/inputs.ts';
import type { OptionName } from '../../src/commands/options.ts';
import type { Verb } from '../../src/commands/verbs.ts';
import { inputsOf } from '../support/running.ts';

const from = (
  verb: Verb,
  given: Partial<Record<OptionName, string>>,
  more: { env?: Record<string, string>; file?: Partial<Record<OptionName, string>> } = {},
) =>
  toInputs(verb, {
    given: new Map(Object.entries(given) as [OptionName, string][]),
    captures: [],
    env: more.env ?? {},
    config: {
      options: new Map(Object.entries(more.file ?? {}) as [OptionName, string][]),
      ...NO_SETTINGS,
    },
  });

describe('toInputs', () => {
  it('fills in defaults', () => {
    expect(from('verify', {})).toMatchObject({
      route: 'auto',
      minSamples: 20,
      json: false,
      allowInconclusive: false,
      start: undefined,
      captures: [],
    });
  });

  it('prefers what is given to the environment, that to the file, that to the default', () => {
    const file = { route: 'live', 'min-samples': '7' } as const;
    const env = { KUBESHARK_HUB_TOKEN: 'from-env' };
    expect(from('verify', {}, { env, file })).toMatchObject({
      route: 'live',
      minSamples: 7,
      kubesharkToken: 'from-env',
    });
    const given = { route: 'snapshot', 'kubeshark-token': 'given' } as const;
    expect(from('verify', given, { env, file })).toMatchObject({
      route: 'snapshot',
      minSamples: 7,
      kubesharkToken: 'given',
    });
  });

  it.each([
    ['start', '2026-01-31T14:30:00Z', Date.UTC(2026, 0, 31, 14, 30)],
    ['start', '2026-01-31T14:30:00.250+02:00', Date.UTC(2026, 0, 31, 12, 30, 0, 250)],
    ['start', '2026-01-31', Date.UTC(2026, 0, 31)],
    ['end', '1769869800000', 1_769_869_800_000],
    ['window', '10m', 600_000],
    ['window', '1h30m', 5_400_000],
    ['window', '250ms', 250],
    ['namespace', 'shop, bank', ['shop', 'bank']],
    ['namespace', 'shop\nbank,\r\n  cart\n', ['shop', 'bank', 'cart']],
  ] as const)('reads --%s %s', (name, text, value) => {
    const inputs = from('verify', { [name]: text });
    expect(inputs[name]).toEqual(value);
  });

  it.each([
    ['0/4', 0],
    ['1/4', 1],
    ['4/4', 0],
  ])('takes the shard %s', (text, index) => {
    expect(from('profile', { shard: text }).shard).toEqual({ index, count: 4 });
  });

  it.each([
    ['verify', 'start', 'yesterday', 'ISO 8601'],
    ['verify', 'start', '2026-01-31T14:30:00', 'with a zone'],
    ['verify', 'start', '1769869800', 'Unix milliseconds'],
    ['verify', 'end', '2026-13-31T14:30:00Z', 'ISO 8601'],
    ['verify', 'window', '10', 'a duration'],
    ['verify', 'window', '0s', 'longer than nothing'],
    ['verify', 'namespace', ' , ', 'names nothing'],
    ['verify', 'route', 'fast', 'auto, live or snapshot'],
    ['verify', 'min-samples', '0', 'at least 1'],
    ['verify', 'min-samples', '1e3', 'at least 1'],
    ['verify', 'allow-inconclusive', 'yes', 'true or false'],
    ['verify', 'baseline', '', 'it is empty'],
    ['profile', 'shard', '5/4', 'i/n'],
    ['profile', 'shard', '1/0', 'i/n'],
  ] as const)('refuses %s --%s %j', (verb, name, text, message) => {
    expect(() => from(verb, { [name]: text })).toThrow(`--${name}`);
    expect(() => from(verb, { [name]: text })).toThrow(message);
  });

  it('names the file or the variable that a wrong value came from, and never shows a token', () => {
    expect(() => from('verify', {}, { file: { route: 'fast' } })).toThrow(
      'configuration: route "fast"',
    );
    const token = 'x'.repeat(70_000);
    expect(() => from('verify', {}, { env: { KUBESHARK_HUB_TOKEN: token } })).toThrow(
      /^KUBESHARK_HUB_TOKEN: it is too long$/,
    );
  });
});

describe('options that would be ignored', () => {
  const range = { start: '1700000000000', end: '1700000600000', window: '10m' };
  const { start, end, window } = range;

  it.each<[Verb, Partial<Record<OptionName, string>>, readonly string[], string]>([
    ['verify', range, [], '--start, --end and --window exclude each other'],
    ['investigate', range, ['a.ndjson'], '--start, --end and --window exclude each other'],
    ['investigate', { ...range, since: start }, [], '--start, --end and --window exclude'],
    ['investigate', { since: start, end, window }, [], '--since, --end and --window'],
    ['monitor', { once: 'true', start, window }, [], '--start and --window exclude'],
    ['merge', { shards: '3' }, ['a', 'b'], '--shards is of no effect without --from'],
    ['profile', { window: '5m' }, ['a.ndjson'], '--window is for calls of Kubeshark'],
    ['profile', { 'kubeshark-url': 'http://h' }, ['a.har'], '--kubeshark-url is for calls of'],
    ['investigate', { route: 'live' }, ['a.ndjson'], '--route is for calls of Kubeshark'],
  ])('%s %j %j: %s', (verb, given, captures, message) => {
    expect(() => inputsOf(verb, given, captures)).toThrow(message);
  });

  it('are not those of a file or the environment, nor what goes together', () => {
    expect(from('verify', { start, end }, { file: { window } })).toMatchObject({
      start: Number(start),
      end: Number(end),
    });
    expect(from('verify', { run: 'x' }, { file: { window, interval: '10s' } }).run).toBe('x');
    const env = { WIREPROOF_WEBHOOK_URL: 'https://h.example' };
    const signed = { 'webhook-secret': 'whsec_x' } as const;
    expect(from('monitor', signed, { env }).webhookSecret).toBe('whsec_x');
    for (const two of [
      { start, window },
      { end, window },
      { start, end },
    ])
      expect(inputsOf('verify', two)).toMatchObject({ route: 'auto' });
    const files = ['a.ndjson'];
    const packets = { 'kubeshark-url': 'http://h', 'evidence-pcap': 'd' } as const;
    expect(inputsOf('investigate', packets, files).captures).toEqual(files);
    expect(inputsOf('verify', { watch: 'true', interval: '10s' }).watch).toBe(true);
  });
});
