import { z } from 'zod';
import { type MonitorSettings, USUAL_SETTINGS } from '../../monitor/settings.ts';
import { duration } from '../option-values.ts';
import { list, pattern, sentence } from './parts.ts';

const namePattern = pattern(300);
const names = z.array(z.string().min(1).max(253)).min(1).max(100);
const moment = z.iso.datetime({
  offset: true,
  error: 'it must be a time such as 2026-12-31T22:00:00Z',
});
const minute = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'it must be a time of day such as 22:30')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

/** Calls that one monitor watches apart: each scope learns and alerts by itself. */
export interface MonitorScope {
  readonly name: string;
  readonly namespace: readonly string[] | undefined;
  readonly workload: readonly string[] | undefined;
  readonly kfl: string | undefined;
}

const scope = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'it must be a name of a-z, 0-9 and -'),
    namespace: names.optional(),
    workload: names.optional(),
    kfl: z.string().min(1).max(4096).optional(),
  })
  .transform(
    ({ name, namespace, workload, kfl }): MonitorScope => ({ name, namespace, workload, kfl }),
  );

const slo = z.strictObject({
  workload: namePattern.describe('workloads by name; * is any text'),
  objective: z
    .number()
    .min(50, 'it is below 50 %')
    .lt(100, 'it must be below 100: some share may fail')
    .describe('percent of calls that must not fail, such as 99.9')
    .transform((percent) => percent / 100),
});

const silence = z
  .strictObject({
    rule: namePattern.optional(),
    workload: namePattern.optional(),
    from: moment.optional(),
    to: moment.optional(),
    daily: z.strictObject({ from: minute, to: minute }).optional().describe('UTC'),
    reason: sentence,
  })
  .refine(
    ({ rule, workload, to, daily }) => (rule ?? workload ?? to ?? daily) !== undefined,
    'it needs a rule, a workload, an end or a time of day: without one it would silence everything for ever',
  )
  .transform(({ from, to, ...rest }) => ({
    ...rest,
    ...(from !== undefined && { from: Date.parse(from) }),
    ...(to !== undefined && { to: Date.parse(to) }),
  }));

/** `monitor:` what `wireproof monitor` watches for. */
export const monitor = z
  .strictObject({
    scopes: list(scope)
      .refine(
        (scopes) => new Set(scopes.map(({ name }) => name)).size === scopes.length,
        'two scopes bear the same name',
      )
      .optional()
      .describe(
        'what is watched apart; without it, what the options namespace, workload and kfl say',
      ),
    slos: list(slo).optional().describe('objectives; the first that fits a workload counts'),
    silences: list(silence).optional().describe('when alerts are kept to themselves'),
    off: list(namePattern).optional().describe('rules of alerts that are off; * is any text'),
    'rollout-grace': duration
      .optional()
      .describe('how long after a rollout of a workload its symptoms wait (10m)'),
    'min-events': z.int().min(5).max(10_000).optional(),
    'trusted-hosts': list(namePattern)
      .optional()
      .describe('hosts outside that may be called, also in plain text'),
    'max-alerts-an-hour': z.int().min(1).max(10_000).optional(),
  })
  .transform((given): MonitorConfig => {
    const usual = USUAL_SETTINGS;
    return {
      scopes: given.scopes ?? [],
      settings: {
        slos: [...(given.slos ?? []), ...usual.slos],
        limits: {},
        silences: (given.silences as MonitorSettings['silences'] | undefined) ?? usual.silences,
        off: given.off ?? usual.off,
        rolloutGrace: given['rollout-grace'] ?? usual.rolloutGrace,
        minEvents: given['min-events'] ?? usual.minEvents,
        trustedHosts: given['trusted-hosts'] ?? usual.trustedHosts,
        maxAlertsAnHour: given['max-alerts-an-hour'] ?? usual.maxAlertsAnHour,
      },
    };
  })
  .describe('what `wireproof monitor` watches, and for what');

export interface MonitorConfig {
  readonly scopes: readonly MonitorScope[];
  readonly settings: MonitorSettings;
}

export const USUAL_MONITOR: MonitorConfig = { scopes: [], settings: USUAL_SETTINGS };
