import { CAPTURING, type OptionSpec, WATCHING } from './option-spec.ts';
import * as values from './option-values.ts';

/** How calls are captured from Kubeshark: which Hub, when, of what. */
export const CAPTURE_OPTIONS = {
  'kubeshark-command': {
    schema: values.text,
    value: 'CMD',
    verbs: WATCHING,
    help: 'MCP server to start on standard streams (kubeshark mcp)',
  },
  'kubeshark-url': {
    schema: values.text,
    value: 'URL',
    verbs: WATCHING,
    help: 'Hub, its front end or its MCP endpoint, instead of a command',
  },
  'kubeshark-token': {
    schema: values.text,
    value: 'TOKEN',
    env: 'KUBESHARK_HUB_TOKEN',
    secret: true,
    verbs: WATCHING,
    help: 'bearer token for the Hub',
  },
  'kubeshark-token-file': {
    schema: values.text,
    value: 'FILE',
    input: false,
    verbs: ['monitor'],
    help: 'file with the token, read again at each connection: for a token that is renewed',
  },
  start: {
    schema: values.instant,
    value: 'TIME',
    verbs: WATCHING,
    help: 'first moment to capture: ISO 8601 or Unix ms',
  },
  end: {
    schema: values.instant,
    value: 'TIME',
    verbs: WATCHING,
    help: 'last moment to capture: ISO 8601 or Unix ms (now)',
  },
  window: {
    schema: values.duration,
    value: 'DURATION',
    file: true,
    verbs: WATCHING,
    help: 'length to capture where a start or an end is missing (10m; investigate: 30m)',
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
    verbs: [...CAPTURING, 'mcp'],
    help: 'test scenario: capture while this shell command runs',
  },
  namespace: {
    schema: values.names,
    value: 'NAME',
    repeatable: true,
    file: true,
    verbs: WATCHING,
    help: 'only calls of these namespaces, separated by commas',
  },
  workload: {
    schema: values.names,
    value: 'NAME',
    repeatable: true,
    file: true,
    verbs: [...WATCHING, 'openapi'],
    help: 'only calls from or to these workloads (openapi: only what they serve), separated by commas',
  },
  kfl: {
    schema: values.text,
    value: 'EXPR',
    file: true,
    verbs: WATCHING,
    help: 'KFL expression that calls must match as well',
  },
  route: {
    schema: values.route,
    value: 'ROUTE',
    default: 'auto',
    file: true,
    verbs: WATCHING,
    help: 'live, snapshot or auto',
  },
  'save-calls': {
    schema: values.text,
    value: 'FILE',
    verbs: CAPTURING,
    help: 'write the calls as NDJSON too, as they came: they hold payloads',
  },
} as const satisfies Record<string, OptionSpec>;
