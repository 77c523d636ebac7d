import type { z } from 'zod';
import type { Verb } from './verbs.ts';

/** Verbs that capture from Kubeshark. */
export const CAPTURING = ['baseline', 'verify'] as const;
/** Verbs that read calls from Kubeshark. */
export const WATCHING = [...CAPTURING, 'profile', 'monitor', 'investigate', 'mcp'] as const;
/** Verbs that give a verdict. */
export const JUDGING = ['verify', 'compare'] as const;
/** Verbs that read captures or profiles. */
export const ALL = [
  'baseline',
  'verify',
  'profile',
  'merge',
  'compare',
  'graph',
  'openapi',
  'show',
] as const;

/** What is known of an option: enough to parse, explain and validate it. */
export interface OptionSpec {
  /** From the text as given to the value, or the reason why not. */
  readonly schema: z.ZodType<unknown, string>;
  /** The value's name in help; without it the option is a flag. */
  readonly value?: string;
  readonly short?: string;
  /** Given more than once, the texts are joined by commas. */
  readonly repeatable?: true;
  /** Read where the option is not given. */
  readonly env?: string;
  /** Text that stands in where the option is given nowhere. */
  readonly default?: string;
  /** Masked in the Action's log. */
  readonly secret?: true;
  /** May stand in the configuration file: nothing that runs, connects or writes. */
  readonly file?: true;
  /** No input of the Action by this name, or one of another meaning. */
  readonly input?: false;
  readonly verbs: readonly Verb[];
  readonly help: string;
}
