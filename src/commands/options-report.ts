import { ALL, JUDGING, type OptionSpec } from './option-spec.ts';
import * as values from './option-values.ts';

/** In which forms the result is told. */
export const REPORT_OPTIONS = {
  'report-dir': {
    schema: values.text,
    value: 'DIR',
    verbs: [...JUDGING, 'investigate', 'demo'],
    help: 'write the report there: report.html, report.md, report.json, report.junit.xml, report.sarif',
  },
  'evidence-pcap': {
    schema: values.text,
    value: 'DIR',
    verbs: ['verify', 'investigate'],
    help: 'on FAIL, or for an incident, write the packets of the connections that show it there: they hold payloads',
  },
  'evidence-max-bytes': {
    schema: values.bytes,
    value: 'SIZE',
    default: '50MB',
    verbs: ['verify', 'investigate'],
    help: 'bytes of packets to keep at most',
  },
  json: {
    schema: values.flag,
    input: false,
    verbs: [...ALL, 'monitor', 'investigate'],
    help: 'print the result as JSON; a monitor: one alert a line',
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
} as const satisfies Record<string, OptionSpec>;
