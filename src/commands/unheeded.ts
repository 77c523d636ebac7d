import { UsageError } from '../support/errors.ts';
import { type Inputs, keyOf, type OptionName } from './options.ts';
import type { Given } from './parse-command-line.ts';
import type { Verb } from './verbs.ts';

/** Options of which one would be ignored where all of them are given. */
interface Together {
  readonly verbs: readonly Verb[];
  readonly options: readonly OptionName[];
  readonly hint: string;
}

/** An option that is ignored without another one, and is no mere measure of it that may stay. */
interface Alone {
  readonly verbs: readonly Verb[];
  readonly option: OptionName;
  readonly needs: OptionName;
}

const TWO_OF_THREE = 'two of them say what time is meant: leave one out';

const TOGETHER: readonly Together[] = [
  {
    verbs: ['baseline', 'verify', 'profile', 'monitor', 'investigate', 'mcp'],
    options: ['start', 'end', 'window'],
    hint: TWO_OF_THREE,
  },
  { verbs: ['investigate'], options: ['since', 'end', 'window'], hint: TWO_OF_THREE },
  {
    verbs: ['monitor'],
    options: ['start', 'window'],
    hint: '--window ends with the last interval, or at --end',
  },
  {
    verbs: ['baseline', 'verify'],
    options: ['otlp-listen', 'route'],
    hint: 'traces are taken instead of asking Kubeshark: leave one out',
  },
  {
    verbs: ['monitor'],
    options: ['kubeshark-token', 'kubeshark-token-file'],
    hint: 'a token is in one place: leave one out',
  },
  {
    verbs: ['mcp'],
    options: ['monitor-url', 'state'],
    hint: "a monitor's status is asked for there, or read from what it keeps: leave one out",
  },
];

const ALONE: readonly Alone[] = [
  { verbs: ['baseline'], option: 'max-age', needs: 'rolling' },
  { verbs: ['merge'], option: 'shards', needs: 'from' },
  { verbs: ['merge'], option: 'wait', needs: 'from' },
  { verbs: ['monitor'], option: 'webhook-secret', needs: 'webhook' },
  { verbs: ['mcp'], option: 'mcp-token', needs: 'serve' },
];

/** What Kubeshark is asked for, where there are files instead. */
const FOR_KUBESHARK: readonly OptionName[] = ['route', 'delete-snapshot', 'snapshot'];
/** The rest of it, for what reads either files or Kubeshark. */
const WHERE_AND_WHEN: readonly OptionName[] = [
  'kubeshark-url',
  'kubeshark-command',
  'start',
  'end',
  'window',
];

/**
 * Refuses options that were given and would be ignored, because of another one, for want of another
 * one, or because there are files. What the configuration or the environment says is a default, which
 * may go unused. Throws UsageError that names them and the remedy.
 */
export function refuseUnheeded(
  verb: Verb,
  given: Given,
  inputs: Inputs,
  label: (name: OptionName) => string,
): void {
  const isGiven = (name: OptionName) => given.has(name) && given.get(name) !== 'false';
  for (const { verbs, options, hint } of TOGETHER) {
    if (!verbs.includes(verb) || !options.every(isGiven)) continue;
    throw new UsageError(`${inWords(options.map(label))} exclude each other`, { hint });
  }
  for (const { verbs, option, needs } of ALONE) {
    if (!verbs.includes(verb) || !isGiven(option) || isSet(inputs, needs)) continue;
    throw new UsageError(`${label(option)} is of no effect without ${label(needs)}`, {
      hint: `give ${label(needs)} too, or leave it out`,
    });
  }
  const unheeded = unheededBesideFiles(verb, inputs).find(isGiven);
  if (unheeded !== undefined) {
    throw new UsageError(
      `${label(unheeded)} is for calls of Kubeshark, and there is a CAPTURE: leave one out`,
    );
  }
}

function unheededBesideFiles(verb: Verb, inputs: Inputs): readonly OptionName[] {
  if (inputs.captures.length === 0) return [];
  if (verb === 'profile') return [...FOR_KUBESHARK, ...WHERE_AND_WHEN];
  // Packets of what files show are Kubeshark's.
  return verb === 'investigate' && inputs.evidencePcap === undefined ? FOR_KUBESHARK : [];
}

function isSet(inputs: Inputs, needed: OptionName): boolean {
  const value = inputs[keyOf(needed)];
  return value !== undefined && value !== false;
}

function inWords(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
