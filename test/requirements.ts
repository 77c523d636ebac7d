/** Where a requirement is shown: a test file, and words of the test in it. */
type Proof = readonly [file: string, words: string];

export interface Requirement {
  readonly section: string;
  readonly row: string;
  /** `open` until a test shows it. */
  readonly shownBy: readonly Proof[] | 'open';
}

const GATE = 'test/compare/gate.test.ts';
const CALLS = 'test/compare/calls/index.test.ts';
const BUNDLE = 'test/e2e/bundle.test.ts';
const HOURS = 'test/commands/monitor-hours.test.ts';
const FLOWS = 'test/sources/kubeshark/flows.test.ts';
const DETECT = 'test/monitor/detect';
const FACTORS = 'test/incident/factors/factors-of.test.ts';
const PAGE = 'test/report/page-incident.test.ts';
/** One call in five fails for want of payment, and it says so with the calls that prove it. */
const ORIGIN: Proof = ['test/github/run-investigate.test.ts', 'names the origin: summary'];
const BREAKS = "is FAIL with %s'";

/** What was asked for, row by row. */
export const requirements: readonly Requirement[] = [
  ...section('gate: course', {
    'capture a baseline before a deployment': [[BUNDLE, 'stores a baseline']],
    'record call patterns, response schemas, latencies': [
      ['test/profile/profiler.test.ts', 'profile'],
      ['test/profile/schema/merge.test.ts', 'schema'],
    ],
    'write down the expected behaviour': [[BUNDLE, 'stores a baseline']],
    'run the same scenarios and capture again': [[BUNDLE, 'captures while the scenario runs']],
    'compare and flag every behavioural difference': [[GATE, BREAKS]],
    'report PASS or FAIL': [
      [BUNDLE, 'exits 0: the same version after another rollout'],
      [BUNDLE, 'exits 1: a response lost a field and a call is missing'],
    ],
  }),
  ...section('gate: validates', {
    'API contract: responses match the schemas seen before': [
      ['test/compare/schema/rules.test.ts', 'rules'],
    ],
    'call patterns: the same services called, in the same order': [
      [CALLS, 'two calls in the other order'],
    ],
    'performance: latency within an acceptable range': [
      ['test/compare/families.test.ts', 'four times the P95 breaks'],
    ],
    'error rates: no new error conditions': [
      ['test/compare/families.test.ts', 'a new 500 in one call of ten breaks'],
    ],
    'side effects: no unexpected downstream calls': [[GATE, "'extra-call', 'extra-call'"]],
    'side effects: no data mutations': [[CALLS, 'an added mutation']],
  }),
  ...section('gate: regression types', {
    'schema change: a response lacks a field that it had': [[GATE, "'schema-change'"]],
    'new error: an endpoint returns 500 where it returned 200': [[GATE, "'new-error'"]],
    'performance degradation: P95 from 50 ms to 200 ms': [
      ['test/compare/families.test.ts', 'four times the P95 breaks'],
    ],
    'behavioural change: 3 database calls instead of 1': [[GATE, "'three-queries', 'behaviour'"]],
    'missing call: the audit call no longer happens': [[GATE, "'missing-call', 'missing-call'"]],
    'extra call: a new, unexpected call to an outside service': [
      [GATE, "'extra-call', 'extra-call'"],
    ],
  }),
  ...section('gate: card', {
    'a GitHub Action, as a workflow step': [[BUNDLE, 'the bundled Action over %s']],
    'a pull request status check': [
      ['test/e2e/github-story.test.ts', 'fails one that breaks: a comment, a check, a status'],
    ],
    "a deployment pipeline's gate": [[BUNDLE, 'exits 1']],
    'infers JSON schemas from the calls': [['test/profile/schema/render.test.ts', 'schema']],
    'infers call graphs from the calls': [['test/e2e/cli.test.ts', 'graph a.ndjson --links']],
    'compares schemas, P95 latency, error codes and call multisets': [[GATE, BREAKS]],
    'a Markdown job summary': [
      ['test/report/markdown.test.ts', 'renders %s as reviewed'],
      [BUNDLE, 'Wireproof: PASS'],
    ],
    'compare traffic before and after a release': [
      ['test/github/run-action.test.ts', 'runAction, mode compare'],
    ],
    'run the integration suite and verify the network behaviour': [
      [BUNDLE, 'captures while the scenario runs'],
    ],
  }),
  ...section('monitor: loop', {
    'runs in the background, every five minutes': [
      [HOURS, 'judges every five minutes'],
      ['test/monitor/blind.test.ts', 'is down for a while: tells it once, and catches up'],
    ],
    'L4 flows for volume and connections': [
      [
        'test/monitor/summary/summary-listener.test.ts',
        'what flows carried since the reading before',
      ],
      [HOURS, 'asks for L4 flows and their sum with each interval'],
    ],
    'L7 calls for error rates and latency percentiles': [
      ['test/monitor/measure/slot-reader.test.ts', 'counts its own calls, once each'],
      ['test/monitor/summary/summary-listener.test.ts', 'the slowest P95 beside the usual one'],
    ],
    'compares with baseline thresholds': [
      [HOURS, 'alerts above 1 % of errors and 500 ms'],
      [`${DETECT}/errors/errors.test.ts`, 'an outage of an hour'],
      ['test/commands/monitor.test.ts', "begins with what a gate's baseline knows"],
    ],
    'alerts on an anomaly and takes a snapshot': [
      [HOURS, 'keeps the packets of an alert in a snapshot, which it names'],
      ['test/monitor/keep-packets.test.ts', 'which every later word of the alert names'],
    ],
    'writes a summary': [
      [
        'test/report/monitor/summary-markdown.test.ts',
        'tells a busy quarter of an hour as reviewed',
      ],
      ['test/report/monitor/schemas.test.ts', 'the schema of a summary takes a busy one'],
    ],
    'learns normal traffic over time': [
      ['test/monitor/learned/learned.test.ts', 'says how much it knows'],
      ['test/commands/monitor.test.ts', 'judges what came since the last time'],
    ],
    'keeps evidence and reports with specific observations': [
      ['test/report/page-status.test.ts', 'shows what fires with its evidence'],
      ['test/monitor/measure/slot-reader.test.ts', 'shows calls that failed, the slowest'],
    ],
  }),
  ...section('monitor: watches', {
    'error spikes: a sudden rise of 4xx or 5xx': [
      [`${DETECT}/errors/errors.test.ts`, 'fires once within two intervals, and ends'],
      [`${DETECT}/errors/errors.test.ts`, 'many rejections are a warning of their own'],
      ['test/e2e/monitor.test.ts', 'tells an outage once, at the workload that it comes from'],
    ],
    'latency: response times above the baseline': [
      [`${DETECT}/latency/latency.test.ts`, 'to twice the P95 is seen within 35 minutes'],
    ],
    'traffic anomalies: unusual patterns, unexpected service-to-service calls': [
      [`${DETECT}/traffic/rates.test.ts`, 'six times the traffic is one alert, about the entry'],
      [`${DETECT}/traffic/strangers.test.ts`, 'a caller that never called before'],
    ],
    'protocol violations: malformed requests or responses': [
      ['test/monitor/detect/protocol/contract.test.ts', 'a violation of the learned schema'],
    ],
    'security concerns: unencrypted traffic, missing auth headers, suspicious payloads': [
      [
        `${DETECT}/security/plaintext-egress.test.ts`,
        'fires in the interval of the first call, with caller and host',
      ],
      [
        `${DETECT}/security/missing-authorization.test.ts`,
        'fires on the third call of a caller that goes without',
      ],
      [`${DETECT}/security/injection.test.ts`, 'patterns'],
    ],
  }),
  ...section('monitor: asked in words', {
    'watch for an hour, alert above 1 % errors or 500 ms': [
      [HOURS, 'alerts above 1 % of errors and 500 ms'],
    ],
    'watch one service for unusual patterns or unexpected callers': [
      [HOURS, 'tells of a caller that nobody expected, once enough was learned'],
    ],
    'every 15 minutes a summary of top talkers, error rates and anomalies': [
      [
        'test/monitor/summary/summary-listener.test.ts',
        'with the last slot of each aligned period',
      ],
      ['test/monitor/summary/summary-listener.test.ts', 'who talks most, by calls and by bytes'],
      ['test/github/run-action.test.ts', 'prints a summary as often as it is asked to'],
    ],
  }),
  ...section('incident: can', {
    'reconstruct the timeline': [ORIGIN, [PAGE, 'answers first, then shows why']],
    'map dependencies': [ORIGIN],
    'inspect payloads': [
      [
        'test/incident/investigate.test.ts',
        "answers without a field that its callers need', broken, 'payload'",
      ],
    ],
    'correlate errors across services': [ORIGIN],
    'compare with known-good traffic': [ORIGIN],
    'correlate with deployments and configuration changes': [
      ['test/incident/factors/factors-of.test.ts', 'leaves out what happened after the trouble'],
      ['test/github/run-investigate.test.ts', 'asks GitHub for what was deployed'],
    ],
  }),
  ...section('incident: finds', {
    'the exact time when it began': [['test/incident/onset/cut.test.ts', 'cuts a little before']],
    'the service where it began': [ORIGIN],
    'the path by which it spread': [ORIGIN, [PAGE, 'in order of onset, by its slider']],
    'the requests and responses that prove it': [
      ORIGIN,
      ['test/commands/incident-packets.test.ts', 'keeps the packets of the decisive calls'],
    ],
    'contributing factors: load, connections, payloads': [
      [FACTORS, 'tells a load spike once, with its size'],
      [FACTORS, 'tells connections that are opened anew for each call'],
      [FACTORS, 'tells payloads that lost what their readers had'],
    ],
  }),
  ...section('incident: answers', {
    'a timeline with evidence and a root-cause hypothesis': [
      ORIGIN,
      ['test/report/incident/incident-markdown.test.ts', 'renders one that %s as reviewed'],
    ],
    'an exhausted connection pool behind 503s that cascaded into checkout failures': [
      ['test/e2e/incident-pool.test.ts', "names inventory's exhausted connections"],
    ],
    'which dependency causes an error now and then': [ORIGIN],
  }),
  ...section('tools: gate', {
    list_api_calls: [['test/sources/kubeshark/transports.test.ts', 'reads every call once']],
    list_l4_flows: [['test/sources/kubeshark/scope.test.ts', 'flows without calls']],
    create_snapshot: [['test/sources/kubeshark/routes.test.ts', 'the route to the calls']],
    get_data_boundaries: [
      ['test/sources/kubeshark/preflight.test.ts', 'the window outside of the boundaries'],
    ],
  }),
  ...section('tools: monitor', {
    list_api_calls: [['test/commands/monitor.test.ts', 'judges what came since the last time']],
    list_l4_flows: [
      [FLOWS, 'are those of its calls, by workloads and port, with their sum'],
      [HOURS, 'asks for L4 flows and their sum with each interval'],
    ],
    get_l4_flow_summary: [
      [FLOWS, 'are those of its calls, by workloads and port, with their sum'],
      [HOURS, 'asks for L4 flows and their sum with each interval'],
    ],
    create_snapshot: [[HOURS, 'keeps the packets of an alert in a snapshot, which it names']],
  }),
  ...section('tools: incident', {
    list_api_calls: [
      ['test/commands/investigate.test.ts', 'cuts a window where its traffic changed'],
    ],
    list_l4_flows: [
      ['test/commands/investigate.test.ts', 'looks at the L4 flows where the incident has just'],
    ],
    get_l4_flow_summary: [
      ['test/commands/investigate.test.ts', 'looks at the L4 flows where the incident has just'],
    ],
    create_snapshot: [
      ['test/commands/incident-packets.test.ts', 'keeps the packets of the decisive calls'],
      ['test/commands/investigate.test.ts', 'reads the snapshot that is named'],
    ],
    get_data_boundaries: [
      ['test/commands/investigate.test.ts', 'reads around since when it is seen, as far as'],
    ],
    export_snapshot_pcap: [
      ['test/commands/incident-packets.test.ts', 'keeps the packets of the decisive calls'],
      ['test/commands/incident-packets.test.ts', 'from the snapshot that holds the incident'],
    ],
  }),
  ...section('agents: start and end', {
    'started on a schedule': [
      ['test/github/run-action.test.ts', 'looks once: the summary of all of it'],
      ['test/examples/workflows.test.ts', 'gives the Action inputs that it takes'],
    ],
    'started by an event': [
      ['test/e2e/github-story.test.ts', 'judges a merge group at its own head'],
      ['test/examples/workflows.test.ts', 'an investigation is started by an alert'],
    ],
    'started by hand': [['test/e2e/cli.test.ts', 'runs as an installed command']],
    'gives alerts': [
      ['test/monitor/alerts/lifecycle.test.ts', 'fires with the slot that confirms it'],
      ['test/monitor/sinks/sinks.test.ts', 'is told of what fires until three intervals from now'],
    ],
    'gives reports': [
      ['test/report/markdown.test.ts', 'renders %s as reviewed'],
      ['test/report/page.test.ts', 'shows the verdict, the findings, the graph and the curves'],
      ['test/report/page-keyboard.test.ts', 'reaches everything that does something'],
      ['test/report/page-hostile.test.ts', 'shows %s harmlessly'],
      ['test/report/page-large.test.ts', 'is under 5 MB'],
    ],
    'gives actions': [
      ['test/examples/running.test.ts', 'ends the Job of Argo Rollouts with'],
      ['test/e2e/github-story.test.ts', 'fails one that breaks: a comment, a check, a status'],
      [HOURS, 'keeps the packets of an alert in a snapshot, which it names'],
    ],
    'usable by any MCP-compatible assistant': [
      ['test/mcp/conformance.test.ts', 'passes the official conformance suite'],
      ['test/mcp/inspector.test.ts', "works in the MCP Inspector's command line"],
      ['test/e2e/mcp.test.ts', 'runs each tool for a client over standard streams'],
    ],
  }),
  ...section('feedback that tests miss', {
    'right status, wrong field types': [
      ['test/compare/schema/rules.test.ts', 'schema.type-changed'],
    ],
    'unexpected retries that hide a connection problem': [[CALLS, 'a retry storm']],
    'redundant database calls inside a fine latency': [[GATE, "'three-queries', 'behaviour'"]],
    'a token passed downstream unmasked': [
      ['test/compare/schema/rules.test.ts', 'breaking schema.unmasked @ request /token'],
    ],
    'cache misses on every request': [[CALLS, 'a cache that no longer hits']],
    'a missing Cache-Control header': [
      ['test/compare/schema/headers.test.ts', 'header.removed @ response 200 header cache-control'],
    ],
    'retries with wrong back-off': [[CALLS, 'that no longer grow break']],
    'downstream services called with wrong parameters': [
      ['test/compare/schema/rules.test.ts', "side: 'request'"],
      ['test/compare/calls/passed-values.test.ts', 'a call with another parameter'],
    ],
    'serialisation changes: date formats, encodings': [
      ['test/compare/schema/rules.test.ts', 'schema.format-changed'],
    ],
    'connection churn': [[`${DETECT}/network/network.test.ts`, 'is told of a pool that was lost']],
  }),
];

function section(
  name: string,
  rows: Readonly<Record<string, Requirement['shownBy']>>,
): Requirement[] {
  return Object.entries(rows).map(([row, shownBy]) => ({ section: name, row, shownBy }));
}
