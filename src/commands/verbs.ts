/** The verbs of the command line: what each takes besides options, and what it does. */
export const VERBS = {
  baseline: {
    captures: { name: '', min: 0, max: 0 },
    summary: 'capture from Kubeshark and store the profile',
  },
  verify: {
    captures: { name: '', min: 0, max: 0 },
    summary: 'capture again, compare with the stored baseline, judge',
  },
  record: {
    captures: { name: '-- CMD…', min: 1, max: Number.POSITIVE_INFINITY },
    summary: 'record the packets of an interface while a command runs, and end as it ends',
  },
  profile: {
    captures: { name: '[CAPTURE…]', min: 0, max: Number.POSITIVE_INFINITY },
    summary: 'profile captures offline, or what Kubeshark holds of a time, in shards if wanted',
  },
  merge: {
    captures: { name: '[PROFILE…]', min: 0, max: Number.POSITIVE_INFINITY },
    summary: 'merge profiles or shards, in any order; windows become one',
  },
  compare: {
    captures: { name: 'BASE… CAND', min: 2, max: Number.POSITIVE_INFINITY },
    summary: 'compare captures or profiles offline, the last with those before it, judge',
  },
  graph: {
    captures: { name: 'CAPTURE…', min: 1, max: Number.POSITIVE_INFINITY },
    summary: 'print who calls whom because of whom',
  },
  openapi: {
    captures: { name: 'CAPTURE…', min: 1, max: Number.POSITIVE_INFINITY },
    summary: 'write an OpenAPI 3.1 document of the HTTP operations seen',
  },
  show: {
    captures: { name: 'PLACE…', min: 1, max: Number.POSITIVE_INFINITY },
    summary: 'print what stored baselines, profiles or captures hold',
  },
  accept: {
    captures: { name: 'REPORT', min: 1, max: 1 },
    summary: 'accept differences of a report (what --json prints) for a time, in wireproof.yml',
  },
  init: {
    captures: { name: '[CAPTURE]', min: 0, max: 1 },
    summary: 'write a commented wireproof.yml, from a capture or profile if given',
  },
  monitor: {
    captures: { name: '', min: 0, max: 0 },
    summary: 'watch the traffic, learn what is normal, alert, keep the evidence',
  },
  investigate: {
    captures: { name: '[CAPTURE…]', min: 0, max: Number.POSITIVE_INFINITY },
    summary: 'find when an incident began, where, how it spread and why',
  },
  mcp: {
    captures: { name: '', min: 0, max: 0 },
    summary: 'serve all of this to assistants, as an MCP server',
  },
  demo: {
    captures: { name: '', min: 0, max: 0 },
    summary: 'the whole story on this machine, no cluster',
  },
} as const;

export type Verb = keyof typeof VERBS;

export const verbNames = Object.keys(VERBS) as readonly Verb[];
