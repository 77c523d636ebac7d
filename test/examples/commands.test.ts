import { expect, it } from 'vitest';
import { NOTHING } from '../../src/commands/config/config.ts';
import { toInputs } from '../../src/commands/inputs.ts';
import { parseCommandLine } from '../../src/commands/parse-command-line.ts';
import { splitCommand } from '../../src/sources/kubeshark/command-line.ts';
import { exampleCommands, withSamples } from './example-commands.ts';

const commands = exampleCommands();

it.each(commands)('$path: $command', ({ command }) => {
  const [program, ...argv] = splitCommand(withSamples(command));
  expect(program).toBe('wireproof');
  const line = parseCommandLine(argv);
  if (line.kind !== 'command') throw new Error('it asks for nothing');
  const { verb, given, captures } = line;
  expect(toInputs(verb, { given, captures, env: {}, config: NOTHING }).captures).toEqual(captures);
});

it.each([
  ['argo-rollouts/analysis-template.yaml', 1],
  ['container/Dockerfile', 1],
  ['flagger/gate.sh', 2],
  ['github/shards.yml', 2],
  ['gitlab/gitlab-ci.yml', 2],
  ['jenkins/Jenkinsfile', 2],
  ['kubernetes/deployment.yaml', 1],
  ['kubernetes-shards/shards.yaml', 1],
  ['kubernetes-shards/merge.yaml', 1],
  ['tekton/task.yaml', 1],
])('finds those of %s', (path, count) => {
  expect(commands.filter((one) => one.path === `examples/${path}`).length).toBe(count);
});
