import { documentsOf, EXAMPLES, type Example, textsOf } from './example-files.ts';

/** Where a command of the shell ends. */
const END = /\s(?:\|\||&&|;|\||>|\d>|#).*$/;

/** What stands in for variables and for the arguments of a template. */
const SAMPLES: Readonly<Record<string, string>> = {
  SHARD: '1',
  SHARDS: '16',
  JOB_COMPLETION_INDEX: '3',
  START: '1750000000000',
  END: '1750014400000',
  WINDOW: '10m',
  window: '10m',
  workload: 'orders',
  namespace: 'shop',
  baseline: 's3://bucket/orders.json.zst?region=eu-central-1',
};

export interface ExampleCommand {
  readonly path: string;
  readonly command: string;
}

/** Every command line of wireproof that an example holds, as it is written. */
export function exampleCommands(): ExampleCommand[] {
  return EXAMPLES.flatMap((example) =>
    [...new Set(commandsIn(example))].map((command) => ({ path: example.path, command })),
  );
}

/** The same with samples in the place of variables. */
export function withSamples(command: string): string {
  return command
    .replace(/\{\{args\.(\w+)\}\}/g, (_, name: string) => SAMPLES[name] ?? name)
    .replace(/\$\{?(\w+)\}?/g, (_, name: string) => SAMPLES[name] ?? name.toLowerCase());
}

function commandsIn(example: Example): string[] {
  const { path, text } = example;
  if (/\.ya?ml$/.test(path)) {
    const documents = documentsOf(example);
    return [...documents.flatMap(textsOf).flatMap(linesIn), ...argumentListsIn(documents)];
  }
  if (path.endsWith('Jenkinsfile')) {
    return [...text.matchAll(/'(wireproof [^']*)'/g)].map(([, command]) => command as string);
  }
  return linesIn(text);
}

function linesIn(text: string): string[] {
  return text
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .flatMap((line) => /(?:^|[\s`])(wireproof (?:[a-z]+ )?[a-z-].*)$/.exec(line)?.[1] ?? [])
    .filter((command) =>
      /^wireproof (?:baseline|verify|compare|profile|merge|graph|show|monitor) /.test(command),
    )
    .map((command) => command.replace(/`.*$/, '').replace(END, '').trim());
}

/** A container's arguments, of which the first is a verb. */
function argumentListsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value) && ['verify', 'monitor'].includes(value[0])) {
    return [`wireproof ${value.map((one) => `'${one}'`).join(' ')}`];
  }
  return Object.values(value).flatMap(argumentListsIn);
}
