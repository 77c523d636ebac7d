import { isAbsolute, relative, sep } from 'node:path';
import type { SarifOptions } from '../report/sarif.ts';

/**
 * Where results of SARIF point: at the configuration, since differences are accepted and budgets set
 * there, and, inside a workflow, at the pages of the Action's own version.
 */
export function sarifPlaces(
  config: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): SarifOptions {
  const path = relative('.', config ?? '')
    .split(sep)
    .join('/');
  const inside = path !== '' && !path.startsWith('../') && !isAbsolute(path);
  return { file: inside ? path : 'wireproof.yml', docs: docsOf(env) };
}

function docsOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const {
    GITHUB_SERVER_URL: server,
    GITHUB_ACTION_REPOSITORY: repository,
    GITHUB_ACTION_REF: ref,
  } = env;
  if (!server || !repository || !ref) return undefined;
  return `${server}/${repository}/blob/${ref}/docs`;
}
