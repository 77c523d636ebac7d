import { readFile, stat } from 'node:fs/promises';
import { UsageError } from '../../support/errors.ts';
import { visible } from '../../support/escape.ts';
import { exists } from '../../support/exists.ts';
import { fileFailure } from '../../support/file-failure.ts';
import type { Progress } from '../../support/progress.ts';
import { type Config, NOTHING, toConfig } from './config.ts';
import { refusal } from './refusal.ts';
import { configSchema } from './schema.ts';
import { parseYaml } from './yaml.ts';

/** Where the configuration is, unless said. */
export const DEFAULT_CONFIG = 'wireproof.yml';
/** Names that people give it by mistake. */
const MISNAMED = ['wireproof.yaml', '.wireproof.yml', '.wireproof.yaml'];
const MAX_BYTES = 1024 * 1024;

/**
 * What the configuration file says. Without a path, `wireproof.yml` counts where it exists; a file that
 * is called almost so is no configuration, and is warned of. Throws UsageError that names the file, the
 * line and the key.
 */
export async function readConfig(
  path: string | undefined,
  progress: Pick<Progress, 'warn'>,
): Promise<Config> {
  const source = await readConfigText(path ?? DEFAULT_CONFIG, {
    mayBeMissing: path === undefined,
  });
  if (source !== undefined) return parseConfig(source, path ?? DEFAULT_CONFIG);
  for (const name of MISNAMED) {
    if (!(await exists(name))) continue;
    progress.warn(
      `${name} is not read: the configuration is ${DEFAULT_CONFIG}, or --config ${name}`,
    );
  }
  return NOTHING;
}

/** The text of a configuration file; undefined where it may be missing and is. */
export async function readConfigText(
  file: string,
  { mayBeMissing }: { readonly mayBeMissing: boolean },
): Promise<string | undefined> {
  try {
    if ((await stat(file)).size <= MAX_BYTES) return await readFile(file, 'utf8');
  } catch (cause) {
    if (mayBeMissing && (cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    const { reason, remedy } = fileFailure(cause);
    const what = `cannot read the configuration ${visible(file)}: ${reason}`;
    throw new UsageError(what, { cause, hint: remedy });
  }
  throw tooLarge(file);
}

/** What the text of a configuration file says; `file` is its name in errors. */
export async function parseConfig(source: string, file: string): Promise<Config> {
  if (source.length > MAX_BYTES) throw tooLarge(file);
  const parsed = await parseYaml(source, file);
  if (parsed.value === null) return NOTHING;
  if (typeof parsed.value !== 'object' || Array.isArray(parsed.value)) {
    throw new UsageError(`${visible(file)}: it must be a mapping of names to values`);
  }
  const result = configSchema.safeParse(parsed.value);
  if (!result.success) throw refusal(result.error, file, parsed);
  return toConfig(result.data);
}

function tooLarge(file: string): UsageError {
  return new UsageError(`${visible(file)} is larger than ${MAX_BYTES} bytes`);
}
