/** The verbs of the command line: what each takes besides options, what it does, and an example. */
export const VERBS = {
  baseline: {
    captures: { name: '', min: 0, max: 0 },
    summary: 'capture from Kubeshark and store the profile',
    example:
      "wireproof baseline --namespace shop --run 'npm run test:integration' -o baseline.json",
  },
  verify: {
    captures: { name: '', min: 0, max: 0 },
    summary: 'capture again, compare with the stored baseline, judge',
    example:
      "wireproof verify --baseline baseline.json --namespace shop --run 'npm run test:integration'",
  },
  record: {
    captures: { name: '-- CMD…', min: 1, max: Number.POSITIVE_INFINITY },
    summary: 'record the packets of an interface while a command runs, and end as it ends',
    example: 'wireproof record --interface lo -o before.pcap -- npm run test:integration',
  },
  profile: {
    captures: { name: '[CAPTURE…]', min: 0, max: Number.POSITIVE_INFINITY },
    summary: 'profile captures offline, or what Kubeshark holds of a time, in shards if wanted',
    example: 'wireproof profile before.ndjson.gz -o before.json',
  },
  merge: {
    captures: { name: '[PROFILE…]', min: 0, max: Number.POSITIVE_INFINITY },
    summary: 'merge profiles or shards, in any order; windows become one',
    example: 'wireproof merge monday.json tuesday.json -o both.json',
  },
  compare: {
    captures: { name: 'BASE… CAND', min: 2, max: Number.POSITIVE_INFINITY },
    summary: 'compare captures or profiles offline, the last with those before it, judge',
    example: 'wireproof compare before.ndjson after.ndjson --json',
  },
  graph: {
    captures: { name: 'CAPTURE…', min: 1, max: Number.POSITIVE_INFINITY },
    summary: 'print who calls whom because of whom',
    example: 'wireproof graph before.ndjson --mermaid',
  },
  openapi: {
    captures: { name: 'CAPTURE…', min: 1, max: Number.POSITIVE_INFINITY },
    summary: 'write an OpenAPI 3.1 document of the HTTP operations seen',
    example: 'wireproof openapi before.ndjson --workload orders -o orders.openapi.json',
  },
  show: {
    captures: { name: 'PLACE…', min: 1, max: Number.POSITIVE_INFINITY },
    summary: 'print what stored baselines, profiles or captures hold',
    example: 'wireproof show baseline.json',
  },
  accept: {
    captures: { name: 'REPORT', min: 1, max: 1 },
    summary: 'accept differences of a report (what --json prints) for a time, in wireproof.yml',
    example:
      "wireproof accept report.json --reason 'clients read /price since release 41' --expires 2026-12-31",
  },
  init: {
    captures: { name: '[CAPTURE]', min: 0, max: 1 },
    summary: 'write a commented wireproof.yml, from a capture or profile if given',
    example: 'wireproof init before.ndjson',
  },
  monitor: {
    captures: { name: '', min: 0, max: 0 },
    summary: 'watch the traffic, learn what is normal, alert, keep the evidence',
    example: 'wireproof monitor --namespace shop --summary 15m --listen 127.0.0.1:9464',
  },
  investigate: {
    captures: { name: '[CAPTURE…]', min: 0, max: Number.POSITIVE_INFINITY },
    summary: 'find when an incident began, where, how it spread and why',
    example:
      "wireproof investigate incident.ndjson --known-good quiet.ndjson --symptom 'checkout fails since 14:30'",
  },
  mcp: {
    captures: { name: '', min: 0, max: 0 },
    summary: 'serve all of this to assistants, as an MCP server',
    example: 'wireproof mcp --root . --namespace shop',
  },
  demo: {
    captures: { name: '', min: 0, max: 0 },
    summary: 'the whole story on this machine, no cluster',
    example: 'wireproof demo --report-dir wireproof-report',
  },
} as const;

export type Verb = keyof typeof VERBS;

export const verbNames = Object.keys(VERBS) as readonly Verb[];
