import { readFileSync } from 'node:fs';
import { parseConfig } from '../../../../src/commands/config/read.ts';
import { parseYaml } from '../../../../src/commands/config/yaml.ts';
import { UsageError } from '../../../../src/support/errors.ts';
import { Broken, holds } from '../../engine/failure.ts';
import { same } from '../../material/same.ts';
import type { Target } from '../../target.ts';

const PROTOTYPE = new Set(['__proto__', 'constructor', 'prototype']);
const EXAMPLE = [
  'min-samples: 30',
  'namespace: [shop, "b"]',
  'paths: [/users/{name}/repos]',
  'redact: ["*_key", tenant]',
  'ignore:\n  - rule: header.*\n    reason: proxies',
  'accept:\n  - rule: schema.field-removed\n    operation: "orders *"\n    reason: moved\n    expires: 2026-12-31',
].join('\n');

export const target: Target = {
  holds:
    'a configuration is read, or refused with UsageError that names the file; what YAML is read as is JSON without prototype keys, and read the same again',
  seeds: () => [
    EXAMPLE,
    'a: &x [1]\nb: *x\n',
    '? {a: 1}\n: b\n<<: {c: d}\n',
    '%YAML 1.1\n---\n!!js/function x: |\n  a\n  b\n...\n---\n',
    '{"a": [1, 0x1F, 1e3, .inf, ~, yes, 2026-01-01, "\\ud800"]}',
    ...documented(),
  ],
  words: [
    '__proto__: ',
    '&a ',
    '*a',
    '!!binary ',
    '? ',
    '- ',
    ': ',
    '|\n  ',
    '>-\n ',
    '<<: ',
    '#',
    '---\n',
  ],
  run: async (input) => {
    const source = Buffer.from(input).toString('utf8');
    const file = 'wireproof.yml';
    const parsed = await refusedOr(() => parseYaml(source, file));
    await refusedOr(() => parseConfig(source, file));
    if (!parsed) return;
    checkPlain(parsed.value);
    const again = await refusedOr(() => parseYaml(source, file));
    same('it is read the same again', again?.value, parsed.value);
  },
};

async function refusedOr<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    holds(
      error.message.startsWith('wireproof.yml'),
      'the error names the file',
      () => error.message,
    );
    return undefined;
  }
}

function checkPlain(value: unknown): void {
  if (typeof value !== 'object' || value === null) {
    if (['string', 'number', 'boolean'].includes(typeof value) || value === null) return;
    throw new Broken('a value is of JSON', String(value));
  }
  for (const [key, one] of Object.entries(value)) {
    holds(!PROTOTYPE.has(key), 'no key names a prototype', () => key);
    checkPlain(one);
  }
}

/** What the documentation shows. */
function documented(): string[] {
  const page = readFileSync('docs/configuration.md', 'utf8');
  return [...page.matchAll(/```ya?ml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml as string);
}
