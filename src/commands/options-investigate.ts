import type { OptionSpec } from './option-spec.ts';
import * as values from './option-values.ts';

/** What an investigation starts from: a symptom, and what is known to be good. */
export const INVESTIGATE_OPTIONS = {
  'known-good': {
    schema: values.names,
    value: 'CAPTURE',
    repeatable: true,
    verbs: ['investigate'],
    help: 'traffic from before: a capture, or START..END of the CAPTURE or of Kubeshark (what was before the onset, in what was read)',
  },
  symptom: {
    schema: values.text,
    value: 'TEXT',
    verbs: ['investigate'],
    help: 'what users see, in words: "checkout fails since 14:30"; names and times in it are understood',
  },
  since: {
    schema: values.instant,
    value: 'TIME',
    verbs: ['investigate'],
    help: 'since when it is seen: ISO 8601 or Unix ms; the onset is looked for before it too',
  },
  snapshot: {
    schema: values.text,
    value: 'NAME',
    verbs: ['investigate'],
    help: "read this snapshot of Kubeshark, a monitor's for example, instead of making one",
  },
  deployments: {
    schema: values.repository,
    value: 'OWNER/REPO',
    verbs: ['investigate', 'mcp'],
    help: 'name what was deployed of this GitHub repository around the onset',
  },
  'time-zone': {
    schema: values.timeZone,
    value: 'ZONE',
    file: true,
    verbs: ['investigate', 'mcp'],
    help: 'zone of the times that --symptom names, shown beside UTC: Europe/Berlin (that of this machine)',
  },
} as const satisfies Record<string, OptionSpec>;
