import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { NOTHING } from '../../../src/commands/config/config.ts';
import { settable } from '../../../src/commands/config/option-keys.ts';
import { parseConfig } from '../../../src/commands/config/read.ts';
import { configJsonSchema, configSchema } from '../../../src/commands/config/schema.ts';

const page = readFileSync('docs/configuration.md', 'utf8');
const examples = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text ?? '');
const validate = new Ajv({
  strict: true,
  allowUnionTypes: true,
  formats: { date: true, 'date-time': true },
}).compile(configJsonSchema());
const shown = new Set(examples.flatMap((text) => Object.keys(parse(text))));

it.each(examples.map((text) => [text.split('\n')[0], text]))(
  'the example %j is read, says something, and satisfies the JSON Schema',
  async (_, text) => {
    expect(await parseConfig(text, 'docs/configuration.md')).not.toEqual(NOTHING);
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  },
);

it('every key has an example, options their names', () => {
  const keys = Object.keys(configSchema.shape).filter((key) => !settable.includes(key as never));
  expect(keys.filter((key) => !shown.has(key))).toEqual([]);
  const [said = ''] = /^Those options .*$/m.exec(page) ?? [];
  const named = [...said.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name);
  expect(named.sort()).toEqual([...settable].sort());
});

it.each([
  ['an unknown key', { nonsense: 1 }],
  ['an unknown rule', { rules: { 'schema.nothing': 'off' } }],
  ['an unknown level', { rules: { 'header.*': 'fatal' } }],
  ['an acceptance for ever', { accept: [{ rule: 'header.*', operation: '*', reason: 'x' }] }],
])('the JSON Schema refuses %s', (_, value) => {
  expect(validate(value)).toBe(false);
});
