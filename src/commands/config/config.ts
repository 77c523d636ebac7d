import type { z } from 'zod';
import type { IdentityRule } from '../../calls/identity.ts';
import type { Requirement } from '../../compare/requirement.ts';
import { type Thresholds, USUAL_THRESHOLDS } from '../../compare/thresholds.ts';
import { DEFAULT_POLICY, type Policy, policyOf } from '../../verdict/policy.ts';
import type { OptionName } from '../options.ts';
import type { Given } from '../parse-command-line.ts';
import { type MonitorConfig, USUAL_MONITOR } from './monitor-keys.ts';
import { settable } from './option-keys.ts';
import type { configSchema } from './schema.ts';

/** What a configuration says besides options. */
export interface Settings {
  readonly require: readonly Requirement[];
  /** Judged by each of these: the strictest verdict counts. */
  readonly thresholds: readonly [Thresholds, ...Thresholds[]];
  readonly policy: Policy;
  /** Path templates that go before what is learned. */
  readonly paths: readonly string[];
  readonly identity: readonly IdentityRule[];
  /** Names of fields and headers that hold secrets. */
  readonly redact: readonly string[];
  readonly monitor: MonitorConfig;
}

/** What a configuration file says; options as texts, which are validated like any other. */
export interface Config extends Settings {
  readonly options: Given;
}

export const NO_SETTINGS: Settings = {
  require: [],
  thresholds: [USUAL_THRESHOLDS],
  policy: DEFAULT_POLICY,
  paths: [],
  identity: [],
  redact: [],
  monitor: USUAL_MONITOR,
};

/** Where there is no file. */
export const NOTHING: Config = { options: new Map(), ...NO_SETTINGS };

/** What a file says, from its keys. */
export function toConfig(file: z.output<typeof configSchema>): Config {
  const { rules = [], ignore = [], accept = [] } = file;
  const texts: Partial<Record<OptionName, unknown>> = file;
  return {
    options: new Map(
      settable.flatMap((name) => {
        const text = texts[name];
        return typeof text === 'string' ? [[name, text] as const] : [];
      }),
    ),
    require: file.require ?? [],
    thresholds: [file.thresholds?.thresholds ?? USUAL_THRESHOLDS],
    policy: policyOf({ rules, ignore, accept }, file.thresholds?.coverage),
    paths: file.paths ?? [],
    identity: file.identity ?? [],
    redact: file.redact ?? [],
    monitor: file.monitor ?? USUAL_MONITOR,
  };
}
