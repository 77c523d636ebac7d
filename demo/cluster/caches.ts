import { fileURLToPath } from 'node:url';

/** Where the demo keeps what is costly to make anew. */
export const cacheFolder = new URL('../../node_modules/.cache/wireproof-demo/', import.meta.url);

/** The environment of the demo's processes: what Node compiled once is not compiled again. */
export function childEnvironment(): NodeJS.ProcessEnv {
  const compiled = fileURLToPath(new URL('compiled', cacheFolder));
  return { NODE_COMPILE_CACHE: compiled, ...process.env };
}
