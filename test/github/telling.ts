import type { Pacing } from '../../src/github/api.ts';
import { readEvent } from '../../src/github/event.ts';
import { readGitHubInputs } from '../../src/github/github-inputs.ts';
import { publish } from '../../src/github/publish.ts';
import { runContextOf } from '../../src/github/run-context.ts';
import type { Told } from '../../src/github/told.ts';
import { finding, judgement } from '../support/judgements.ts';
import type { StartedRun } from './stand-in/workflow.ts';

export const broken = judgement({
  verdict: 'FAIL',
  reasons: ['1 breaking'],
  findings: [finding()],
});
export const fail: Told = { kind: 'judged', judgement: broken, exitCode: 1 };
export const pass: Told = { kind: 'judged', judgement: judgement(), exitCode: 0 };

const spacer = { schedule: (_: object, job: () => Promise<void>) => job() };
/** The stand-in need not be spared. */
export const unspaced: Pacing = {
  write: { key: () => spacer },
  notifications: { key: () => spacer },
};

/** Publishes as a step of the run would, and gives what it noted and warned of. */
export async function tell(
  told: Told,
  { env }: StartedRun,
  inputs: Readonly<Record<string, string>> = {},
): Promise<{ readonly notes: string[]; readonly warnings: string[] }> {
  const notes: string[] = [];
  const warnings: string[] = [];
  const run = runContextOf(env, await readEvent(env));
  if (!run) throw new Error('no run');
  const given: Readonly<Record<string, string | undefined>> = {
    'github-token': env['INPUT_GITHUB-TOKEN'],
    ...inputs,
  };
  await publish(
    told,
    run,
    readGitHubInputs('verify', (name) => given[name]),
    {
      signal: new AbortController().signal,
      note: (line) => void notes.push(line),
      warn: (line) => void warnings.push(line),
      pacing: unspaced,
    },
  );
  return { notes, warnings };
}
