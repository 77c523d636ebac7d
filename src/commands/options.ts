import type { z } from 'zod';
import type { Settings } from './config/config.ts';
import type { OptionSpec } from './option-spec.ts';
import * as values from './option-values.ts';
import { ACCEPT_OPTIONS } from './options-accept.ts';
import type { Verb } from './verbs.ts';

export type { Shard } from './option-values.ts';

const CAPTURING = ['baseline', 'verify'] as const;
const JUDGING = ['verify', 'compare'] as const;
const ALL = [
  'baseline',
  'verify',
  'profile',
  'merge',
  'compare',
  'graph',
  'openapi',
  'show',
] as const;

/**
 * Every option, once: the command line's parser, its help, the configuration file, the Action's
 * inputs and the README's table are all made from this.
 */
export const OPTIONS = {
  'kubeshark-command': {
    schema: values.text,
    value: 'CMD',
    verbs: CAPTURING,
    help: 'MCP server to start on standard streams (kubeshark mcp)',
  },
  'kubeshark-url': {
    schema: values.text,
    value: 'URL',
    verbs: CAPTURING,
    help: 'Hub, its front end or its MCP endpoint, instead of a command',
  },
  'kubeshark-token': {
    schema: values.text,
    value: 'TOKEN',
    env: 'KUBESHARK_HUB_TOKEN',
    secret: true,
    verbs: CAPTURING,
    help: 'bearer token for the Hub',
  },
  start: {
    schema: values.instant,
    value: 'TIME',
    verbs: CAPTURING,
    help: 'first moment to capture: ISO 8601 or Unix ms',
  },
  end: {
    schema: values.instant,
    value: 'TIME',
    verbs: CAPTURING,
    help: 'last moment to capture: ISO 8601 or Unix ms (now)',
  },
  window: {
    schema: values.duration,
    value: 'DURATION',
    file: true,
    verbs: CAPTURING,
    help: 'length to capture where a start or an end is missing (10m)',
  },
  windows: {
    schema: values.windows,
    value: 'N',
    default: '1',
    file: true,
    verbs: ['baseline'],
    help: 'capture so many windows one after another, or run the scenario so often: what differs between them is noise',
  },
  run: {
    schema: values.text,
    value: 'CMD',
    verbs: CAPTURING,
    help: 'test scenario: capture while this shell command runs',
  },
  namespace: {
    schema: values.names,
    value: 'NAME',
    repeatable: true,
    file: true,
    verbs: CAPTURING,
    help: 'only calls of these namespaces, separated by commas',
  },
  workload: {
    schema: values.names,
    value: 'NAME',
    repeatable: true,
    file: true,
    verbs: [...CAPTURING, 'openapi'],
    help: 'only calls from or to these workloads (openapi: only what they serve), separated by commas',
  },
  kfl: {
    schema: values.text,
    value: 'EXPR',
    file: true,
    verbs: CAPTURING,
    help: 'KFL expression that calls must match as well',
  },
  route: {
    schema: values.route,
    value: 'ROUTE',
    default: 'auto',
    file: true,
    verbs: CAPTURING,
    help: 'live, snapshot or auto',
  },
  'save-calls': {
    schema: values.text,
    value: 'FILE',
    verbs: CAPTURING,
    help: 'write the calls as NDJSON too, as they came: they hold payloads',
  },
  output: {
    schema: values.text,
    value: 'FILE',
    short: 'o',
    input: false,
    verbs: ['baseline', 'profile', 'merge', 'openapi', 'init'],
    help: 'where the profile, or the document, goes; baseline takes git:REF[:PATH], s3://BUCKET/KEY and artifact:NAME too (stdout; init: wireproof.yml)',
  },
  shard: {
    schema: values.shard,
    value: 'I/N',
    input: false,
    verbs: ['profile'],
    help: 'only the share I of N of the time; merge the N profiles afterwards',
  },
  baseline: {
    schema: values.text,
    value: 'PLACE',
    input: false,
    verbs: ['verify'],
    help: 'the stored baseline to compare with: FILE, git:REF[:PATH], s3://BUCKET/KEY or artifact:NAME',
  },
  rolling: {
    schema: values.windows,
    value: 'N',
    file: true,
    verbs: ['baseline'],
    help: 'keep the last N whole windows in the place: add what was captured to what it holds',
  },
  'max-age': {
    schema: values.duration,
    value: 'DURATION',
    file: true,
    verbs: ['baseline', ...JUDGING],
    help: "leave out a baseline's windows that are older",
  },
  'missing-baseline': {
    schema: values.missingBaseline,
    value: 'POLICY',
    default: 'inconclusive',
    file: true,
    verbs: JUDGING,
    help: 'where there is no baseline yet: fail (exit 1), inconclusive (4) or pass (exit 0; the verdict is INCONCLUSIVE)',
  },
  watch: {
    schema: values.flag,
    verbs: ['verify'],
    help: 'look at the window while it runs, and fail as soon as a regression is beyond doubt',
  },
  interval: {
    schema: values.duration,
    value: 'DURATION',
    default: '30s',
    file: true,
    verbs: ['verify'],
    help: 'time between two looks of --watch',
  },
  'min-samples': {
    schema: values.count,
    value: 'N',
    default: '20',
    file: true,
    verbs: JUDGING,
    help: 'calls an operation needs on both sides to be judged',
  },
  'allow-inconclusive': {
    schema: values.flag,
    verbs: JUDGING,
    help: 'exit 0 instead of 4 when the verdict is INCONCLUSIVE',
  },
  'dry-run': {
    schema: values.flag,
    file: true,
    verbs: JUDGING,
    help: 'exit 0 whatever the verdict; it is told and reported as it is',
  },
  today: {
    schema: values.day,
    value: 'DATE',
    verbs: JUDGING,
    help: "day for which acceptances must hold, UTC (that of the candidate's last call)",
  },
  'report-dir': {
    schema: values.text,
    value: 'DIR',
    verbs: [...JUDGING, 'demo'],
    help: 'write the report there: report.html, report.md, report.json, report.junit.xml, report.sarif',
  },
  'evidence-pcap': {
    schema: values.text,
    value: 'DIR',
    verbs: ['verify'],
    help: 'on FAIL, write the packets of the connections that show it there: they hold payloads',
  },
  'evidence-max-bytes': {
    schema: values.bytes,
    value: 'SIZE',
    default: '50MB',
    verbs: ['verify'],
    help: 'bytes of packets to keep at most',
  },
  json: {
    schema: values.flag,
    input: false,
    verbs: ALL,
    help: 'print the result as JSON',
  },
  links: {
    schema: values.flag,
    input: false,
    verbs: ['graph'],
    help: 'print the call that caused each call, a JSON line a call',
  },
  mermaid: {
    schema: values.flag,
    input: false,
    verbs: ['graph'],
    help: 'print the graph as a Mermaid flowchart',
  },
  dot: {
    schema: values.flag,
    input: false,
    verbs: ['graph'],
    help: 'print the graph in the language of Graphviz',
  },
  ...ACCEPT_OPTIONS,
  force: {
    schema: values.flag,
    input: false,
    verbs: ['init'],
    help: 'write over a file that is there',
  },
  config: {
    schema: values.text,
    value: 'FILE',
    verbs: [...ALL, 'accept'],
    help: 'configuration (wireproof.yml, where there is one)',
  },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof OPTIONS;

/** One option, whichever it is. */
export type Option = OptionSpec;

export const optionNames = Object.keys(OPTIONS) as readonly OptionName[];

/** The spec of an option, with the fields that it may lack. */
export function optionOf(name: OptionName): Option {
  return OPTIONS[name];
}

export function isFlag(name: OptionName): boolean {
  return optionOf(name).value === undefined;
}

/** Whether the verb takes the option. */
export function takes(verb: Verb, name: OptionName): boolean {
  return optionOf(name).verbs.includes(verb);
}

type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

type Value<S> = S extends { schema: infer Schema extends z.ZodType }
  ? S extends { default: string }
    ? z.output<Schema>
    : z.output<Schema> extends boolean
      ? boolean
      : z.output<Schema> | undefined
  : never;

/** What a command is given: options by their names in camel case, captures in order, the settings. */
export type Inputs = {
  readonly [K in OptionName as CamelCase<K>]: Value<(typeof OPTIONS)[K]>;
} & { readonly captures: readonly string[] } & Settings;
