import { optionNames, optionOf } from './options.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * What the runner gives an Action and no `run:` step: its inputs, of which one is the job's token, and
 * the token of caches and artifacts.
 */
const ACTION_ONLY = /^(?:INPUT_|ACTIONS_(?:RUNTIME|CACHE|RESULTS)_)/;

/**
 * The environment of a test scenario: the process's own without what is secret to Wireproof. A scenario
 * is often the very code that is judged.
 */
export function scenarioEnv(env: Env): Env {
  const secrets = new Set(
    optionNames.flatMap((name) => {
      const { secret, env: variable } = optionOf(name);
      return secret && variable !== undefined ? [variable] : [];
    }),
  );
  const isAction = env.GITHUB_ACTIONS === 'true';
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !secrets.has(name) && !(isAction && ACTION_ONLY.test(name)),
    ),
  );
}
