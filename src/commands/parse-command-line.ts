import { parseArgs } from 'node:util';
import { UsageError } from '../support/errors.ts';
import { visible } from '../support/escape.ts';
import { nearest } from '../support/nearest.ts';
import { isFlag, type OptionName, optionNames, optionOf, takes } from './options.ts';
import { VERBS, type Verb, verbNames } from './verbs.ts';

/** Texts of the options given, not validated yet. */
export type Given = ReadonlyMap<OptionName, string>;

export type CommandLine =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly verb: Verb | undefined }
  | {
      readonly kind: 'command';
      readonly verb: Verb;
      readonly given: Given;
      readonly captures: readonly string[];
    };

/** Reads the arguments after the program's name. Throws UsageError that names the wrong one. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: {
      ...Object.fromEntries(optionNames.map((name) => [name, parserOption(name)])),
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean' },
    },
  });
  const options = tokens.filter((token) => token.kind === 'option');
  const [name, ...captures] = positionals;
  if (name === undefined && options.some((token) => token.name === 'version')) {
    return { kind: 'version' };
  }
  const wantsHelp = options.some((token) => token.name === 'help');
  if (name === undefined) {
    if (wantsHelp) return { kind: 'help', verb: undefined };
    const unknown = options.find((token) => !isOption(token.name));
    if (unknown) throw unknownOption(unknown.rawName, optionNames);
    throw new UsageError('no verb given', { hint: `one of: ${verbNames.join(', ')}` });
  }
  if (name === 'help') {
    const [about] = captures;
    if (about !== undefined && !isVerb(about)) throw unknownVerb(about);
    return { kind: 'help', verb: about };
  }
  if (!isVerb(name)) throw unknownVerb(name);
  if (wantsHelp) return { kind: 'help', verb: name };
  const given = new Map<OptionName, string>();
  for (const token of options) note(token, name, given);
  checkCaptures(name, captures);
  return { kind: 'command', verb: name, given, captures };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function note(
  { name, rawName, value, inlineValue }: OptionToken,
  verb: Verb,
  given: Map<OptionName, string>,
) {
  if (!isOption(name))
    throw unknownOption(
      rawName,
      optionNames.filter((known) => takes(verb, known)),
    );
  if (!takes(verb, name)) {
    throw new UsageError(`${verb} does not take ${rawName}`, {
      hint: `it belongs to: ${optionOf(name).verbs.join(', ')}`,
    });
  }
  const before = given.get(name);
  if (isFlag(name)) {
    given.set(name, value ?? 'true');
    return;
  }
  if (value === undefined || (!inlineValue && /^-./.test(value))) {
    throw new UsageError(`${rawName} needs a value`, {
      hint: `--${name} ${optionOf(name).value}; write --${name}=… if it begins with a dash`,
    });
  }
  if (before !== undefined && !optionOf(name).repeatable) {
    throw new UsageError(`${rawName} is given twice`);
  }
  given.set(name, before === undefined ? value : `${before},${value}`);
}

function checkCaptures(verb: Verb, captures: readonly string[]): void {
  const { min, max, name } = VERBS[verb].captures;
  if (captures.length > max && max === 0) {
    throw new UsageError(`${verb} takes no argument, but was given ${visible(captures[0] ?? '')}`);
  }
  if (captures.filter((path) => path === '-').length > 1) {
    throw new UsageError(`${verb} can read stdin (-) once only`, {
      hint: 'write one of them to a file first',
    });
  }
  refuseNames(verb, captures);
  if (captures.length < min || captures.length > max) {
    throw new UsageError(
      `${verb} takes ${wanted(verb)}, but was given ${captures.length || 'none'}`,
      {
        hint: `wireproof ${verb} ${name}`,
      },
    );
  }
}

/** Verbs that add up the calls of what they are given; `merge` looks at what profiles hold, too. */
const ADDING: readonly Verb[] = ['profile', 'compare', 'graph', 'openapi', 'investigate'];

function refuseNames(verb: Verb, captures: readonly string[]): void {
  if (verb === 'record') return;
  if (captures.includes('')) {
    throw new UsageError(`${verb} was given an empty name`, {
      hint: 'is a variable of the shell unset?',
    });
  }
  const added = verb === 'compare' ? captures.slice(0, -1) : captures;
  const twice = added.find((path, i) => added.indexOf(path) !== i);
  if (twice === undefined || !ADDING.includes(verb)) return;
  throw new UsageError(`${visible(twice)} is named twice`, {
    hint: 'name each once: its calls would be counted twice',
  });
}

function wanted(verb: Verb): string {
  const { min, max } = VERBS[verb].captures;
  if (verb === 'record') return 'a command behind --';
  if (max === 1) return min === 1 ? 'one file' : 'one file at most';
  return min === 1 ? 'at least one capture' : `at least ${min} captures`;
}

function parserOption(name: OptionName) {
  const { short } = optionOf(name);
  return {
    type: isFlag(name) ? ('boolean' as const) : ('string' as const),
    ...(short && { short }),
  };
}

function isOption(name: string): name is OptionName {
  return (optionNames as readonly string[]).includes(name);
}

function isVerb(name: string): name is Verb {
  return (verbNames as readonly string[]).includes(name);
}

function unknownVerb(name: string): UsageError {
  const near = nearest(name, verbNames);
  return new UsageError(`unknown verb ${visible(name, 80)}`, {
    hint: near ? `did you mean ${near}?` : `one of: ${verbNames.join(', ')}`,
  });
}

function unknownOption(rawName: string, known: readonly string[]): UsageError {
  const near = nearest(rawName.replace(/^-+/, ''), known);
  return new UsageError(`unknown option ${visible(rawName, 80)}`, {
    hint: near ? `did you mean --${near}?` : 'wireproof VERB --help lists the options',
  });
}
