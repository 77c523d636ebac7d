import type { OptionSpec } from './option-spec.ts';
import * as values from './option-values.ts';

/** How assistants reach it, and what they may do. */
export const MCP_OPTIONS = {
  serve: {
    schema: values.address,
    value: 'HOST:PORT',
    input: false,
    verbs: ['mcp'],
    help: 'serve MCP over Streamable HTTP there instead of on standard streams; needs a token',
  },
  'mcp-token': {
    schema: values.text,
    value: 'TOKEN',
    env: 'WIREPROOF_MCP_TOKEN',
    secret: true,
    input: false,
    verbs: ['mcp'],
    help: 'bearer token that clients must send over HTTP',
  },
  root: {
    schema: values.text,
    value: 'DIR',
    default: '.',
    input: false,
    verbs: ['mcp'],
    help: 'folder whose captures, profiles and reports may be read, and in which baselines are written',
  },
  'monitor-url': {
    schema: values.url,
    value: 'URL',
    input: false,
    verbs: ['mcp'],
    help: 'where a monitor serves its status (its --listen), for monitor_status (what --state keeps)',
  },
  'allow-accept': {
    schema: values.flag,
    input: false,
    verbs: ['mcp'],
    help: 'offer accept_change, which writes to wireproof.yml once its user agreed',
  },
} as const satisfies Record<string, OptionSpec>;
