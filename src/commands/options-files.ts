import { ALL, type OptionSpec } from './option-spec.ts';
import * as values from './option-values.ts';

/** How packets are recorded, and how files of calls are read. */
export const FILE_OPTIONS = {
  interface: {
    schema: values.text,
    value: 'NAME',
    input: false,
    verbs: ['record'],
    help: 'the network interface to record: lo, docker0, any, … (needed)',
  },
  filter: {
    schema: values.text,
    value: 'BPF',
    input: false,
    verbs: ['record'],
    help: 'record only packets that this capture filter lets through: tcp port 8080',
  },
  names: {
    schema: values.names,
    value: 'FILE',
    repeatable: true,
    verbs: ['profile', 'compare', 'graph', 'openapi', 'show', 'init', 'investigate'],
    help: 'who has which address in a capture of packets: /etc/hosts form (ADDRESS[:PORT] NAME), or what docker compose ps, docker network inspect or kubectl get pods,svc print as JSON; several separated by commas',
  },
  redact: {
    schema: values.redaction,
    value: 'LEVEL',
    default: 'personal',
    verbs: [...ALL, 'monitor', 'investigate', 'mcp'],
    help: 'which values of traffic are seen nowhere: personal (secrets, e-mail addresses, phone and card numbers), all (only names and shapes are kept)',
  },
} as const satisfies Record<string, OptionSpec>;
