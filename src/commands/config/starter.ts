import type { Seen, SeenOperation } from './seen.ts';

/** Of each kind, what is listed at most. */
const MOST = 20;
const BUDGETS = 5;
/** A suggested budget leaves so much room above what was seen. */
const ROOM = 1.5;
const LEAST_MS = 10;

const HEAD = `# yaml-language-server: $schema=node_modules/wireproof/docs/schema/config.schema.json
# What Wireproof judges by. Every key: docs/configuration.md. A pull request may change this file: what
# it loosens counts once it is approved or merged.
`;

const TAIL = `
# What findings weigh: breaking, warning, info, or off. Rules: docs/rules.md.
# rules:
#   header.*: info

# From which size on a difference counts.
# thresholds:
#   latency-increase: 5ms
#   latency-ratio: 1.2
#   error-increase: 0.01
#   new-error-share: 0.01
#   coverage: 0.9

# What workloads are called, where the usual names change between deployments.
# identity:
#   - service: '*-canary'
#     workload: '*'

# Names of fields and headers that hold secrets, besides the usual ones.
# redact: [tenant_key]

# Findings that are no part of the verdict; they are counted and listed.
# ignore:
#   - operation: '* GET /healthz'
#     reason: probes are no users

# Differences that are meant, for a time: wireproof accept report.json --reason TEXT --expires DATE
# accept: []

# What wireproof monitor watches for: docs/monitor.md. Rules of alerts: docs/alerts.md.
# monitor:
#   slos:
#     - workload: 'payment*'
#       objective: 99.95
#   silences:
#     - workload: load-generator
#       reason: it fails on purpose
#     - rule: traffic.*
#       daily: { from: '02:00', to: '02:30' }
#       reason: the nightly export
#   trusted-hosts: ['*.example.com']
`;

/** A commented configuration file from what a capture holds. Only its scope is set. */
export function starterConfig({ namespaces, operations }: Seen): string {
  return [HEAD, scope(namespaces), budgets(operations), hints(operations), TAIL].join('');
}

function scope(namespaces: readonly string[]): string {
  const [first] = namespaces;
  if (first === undefined) {
    return '\n# Only calls of these namespaces, or from or to these workloads.\n# namespace: [shop]\n# workload: [orders]\n';
  }
  const names = namespaces.slice(0, MOST).map((name) => JSON.stringify(name));
  return `\n# The namespaces seen; \`workload\` narrows it further.\nnamespace: [${names.join(', ')}]\n`;
}

function budgets(operations: readonly SeenOperation[]): string {
  const lines = operations
    .slice(0, BUDGETS)
    .flatMap(({ name, calls, p95 }) => [
      `#   - operation: ${JSON.stringify(name)} # ${calls} calls, P95 ${Number(p95.toPrecision(3))} ms`,
      `#     max-p95: ${budget(p95)}ms`,
      '#     max-error-share: 0.01',
    ]);
  const shown =
    lines.length > 0 ? lines : ['#   - operation: orders GET /orders/{id}', '#     max-p95: 300ms'];
  return [
    '',
    '# Budgets that operations must keep, whatever the baseline was.',
    '# require:',
    ...shown,
    '',
  ].join('\n');
}

function hints(operations: readonly SeenOperation[]): string {
  const templated = operations.filter(({ isPath, name }) => isPath && name.includes('{id}'));
  const shown = templated.slice(0, MOST).map(({ name }) => `#   - ${JSON.stringify(name)}`);
  const lines = shown.length > 0 ? shown : ['#   - /files/{name}/content'];
  return [
    '',
    '# Path templates that go before what is learned; these were learned, so they need not be set.',
    '# paths:',
    ...lines,
    '',
  ].join('\n');
}

/** ms, to two digits. */
function budget(p95: number): number {
  const wanted = Math.max(LEAST_MS, ROOM * p95);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(wanted)) - 1);
  return Math.ceil(wanted / unit) * unit;
}
