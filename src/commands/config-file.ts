import { readFile } from 'node:fs/promises';
import type { Requirement } from '../compare/requirement.ts';
import { UsageError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';
import { nearest } from '../support/nearest.ts';
import { plain, requirements } from './config-requirements.ts';
import { type OptionName, optionNames, optionOf } from './options.ts';
import type { Given } from './parse-command-line.ts';

const DEFAULT_PATH = 'wireproof.yml';
const MAX_BYTES = 1024 * 1024;

/** Options that a file may set: none that runs a command, names a host or writes a file. */
const settable = optionNames.filter((name) => optionOf(name).file);

/** What a configuration file says: options, as texts, and what it requires. */
export interface Config {
  readonly options: Given;
  readonly require: readonly Requirement[];
}

/** Where there is no file. */
export const NOTHING: Config = { options: new Map(), require: [] };
const REQUIRE = 'require';
const keys = [...settable, REQUIRE];

/**
 * The configuration file (YAML): a mapping of option names to values, as texts that are validated
 * like any other, and `require`. Without a path, `wireproof.yml` counts where it exists. Throws
 * UsageError that names the file and the key.
 */
export async function readConfig(path: string | undefined): Promise<Config> {
  const file = path ?? DEFAULT_PATH;
  let source: string;
  try {
    source = await readFile(file, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (path === undefined && code === 'ENOENT') return NOTHING;
    throw new UsageError(`cannot read the configuration ${visible(file)}: ${message}`, { cause });
  }
  if (source.length > MAX_BYTES)
    throw new UsageError(`${visible(file)} is larger than ${MAX_BYTES} bytes`);
  return settings(await parseYaml(source, file), file);
}

async function parseYaml(source: string, file: string): Promise<unknown> {
  const { parse } = await import('yaml');
  try {
    return parse(source, { mapAsMap: true, maxAliasCount: 0 });
  } catch (cause) {
    const [line] = cause instanceof Error ? cause.message.split('\n') : [String(cause)];
    throw new UsageError(`${visible(file)}: ${visible(line ?? '')}`, { cause });
  }
}

function settings(document: unknown, file: string): Config {
  if (document === null) return NOTHING;
  if (!(document instanceof Map)) {
    throw new UsageError(`${visible(file)}: it must be a mapping of option names to values`);
  }
  const options = new Map<OptionName, string>();
  let require: readonly Requirement[] = [];
  for (const [key, value] of document) {
    if (key === REQUIRE) {
      require = required(value, file);
      continue;
    }
    const name = settable.find((known) => known === key);
    if (name === undefined) throw unknownKey(String(key), file);
    options.set(name, asText(value, `${file}: ${name}`));
  }
  return { options, require };
}

function required(value: unknown, file: string): readonly Requirement[] {
  const parsed = requirements.safeParse(plain(value));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = [REQUIRE, ...(issue?.path ?? [])].map(String).join('.');
  throw new UsageError(`${visible(file)}: ${visible(path, 80)}: ${visible(issue?.message ?? '')}`);
}

function asText(value: unknown, label: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return value.join(',');
  throw new UsageError(`${visible(label)}: it must be text, a number or a list of texts`);
}

function unknownKey(key: string, file: string): UsageError {
  const near = nearest(key, keys);
  return new UsageError(`${visible(file)}: unknown key ${visible(key, 80)}`, {
    hint: near ? `did you mean ${near}?` : `a file may set: ${keys.join(', ')}`,
  });
}
