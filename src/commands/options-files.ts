import type { OptionSpec } from './option-spec.ts';
import * as values from './option-values.ts';

/** How files of calls are read. */
export const FILE_OPTIONS = {
  names: {
    schema: values.names,
    value: 'FILE',
    repeatable: true,
    verbs: ['profile', 'compare', 'graph', 'openapi', 'show', 'init', 'investigate'],
    help: 'who has which address in a capture of packets: /etc/hosts form (ADDRESS[:PORT] NAME), or what docker compose ps, docker network inspect or kubectl get pods,svc print as JSON; several separated by commas',
  },
} as const satisfies Record<string, OptionSpec>;
