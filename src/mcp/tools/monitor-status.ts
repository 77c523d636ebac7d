import { z } from 'zod';
import type { Alert } from '../../monitor/alert.ts';
import { harmless, UNTRUSTED } from '../fence.ts';
import { cursor } from '../fields.ts';
import { type MonitorState, monitorState } from '../monitor-source.ts';
import { MOST, pageOf, pageSchema, USUAL } from '../page.ts';
import { tool } from '../tool.ts';

const MAX_SCOPES = 20;
const MAX_EVIDENCE = 5;

const SOURCES = {
  status: 'A monitor runs and told its status.',
  state: 'Read from the state that a monitor keeps; whether it runs now is not known.',
  none: 'There is no monitor: none was named (--monitor-url) when this server was started, and none has kept a state (--state). The user starts one with: wireproof monitor --listen 127.0.0.1:9464',
} as const satisfies Record<MonitorState['from'], string>;

const alertSchema = z.object({
  id: z.string(),
  rule: z.string().describe('as docs/alerts.md lists them'),
  severity: z.string(),
  scope: z.string(),
  workload: z.string(),
  operation: z.string().optional(),
  since: z.string(),
  resolved_at: z.string().optional(),
  summary: z.string(),
  evidence: z.array(z.string()).describe('ids of calls that show it'),
  kfl: z.string().describe('shows such calls in Kubeshark'),
  snapshot: z.string().optional().describe('keeps the packets: for investigate_incident'),
});

export const monitorStatus = tool({
  name: 'monitor_status',
  title: 'Status of the monitor',
  description:
    'What the monitor that watches the traffic continuously says now: the scopes it watches, the alerts that fire (errors, latency, traffic, protocol, network, security) with their evidence, and what was resolved lately.',
  input: z.strictObject({
    list: z.enum(['firing', 'resolved']).default('firing'),
    cursor,
    limit: z.int().min(1).max(MOST).default(USUAL),
  }),
  output: z.object({
    from: z
      .enum(['status', 'state', 'none'])
      .describe('asked of a monitor that runs, read from its state, or no monitor'),
    firing: z.int(),
    resolved: z.int().describe('in the last 24 hours, where a monitor runs'),
    page: pageSchema,
    untrusted: z
      .object({
        scopes: z.array(
          z.object({
            scope: z.string(),
            judged_to: z.string().optional().describe('ISO 8601'),
            calls_per_second: z.number().optional(),
            learned: z.string().optional(),
          }),
        ),
        blind: z.array(z.string()).describe('scopes of which the Hub can not be asked, and why'),
        alerts: z.array(alertSchema),
      })
      .describe(UNTRUSTED),
  }),
  annotations: { readOnlyHint: true, openWorldHint: true },
  async answer({ list, cursor: from, limit }, { context, signal }) {
    const state = await monitorState(context, signal);
    const { items, page } = pageOf(state[list], from, limit);
    const blind = state.blind
      .map(({ scope, reason }) => `${scope}: ${reason}`)
      .slice(0, MAX_SCOPES);
    const next = page.next_cursor;
    return {
      says: [
        SOURCES[state.from],
        ...(state.from === 'none'
          ? []
          : [
              `Scopes: ${state.scopes.length}. Alerts that fire: ${state.firing.length + state.leftOut.firing}, resolved: ${state.resolved.length + state.leftOut.resolved}; shown: ${page.shown} ${list}.`,
            ]),
      ],
      untrusted: [
        ...state.scopes
          .slice(0, MAX_SCOPES)
          .map((one) => `scope ${one.scope}: judged until ${one.judged_to ?? '–'}`),
        ...blind.map((line) => `the Hub can not be asked: ${line}`),
        ...items.map(lineOf),
      ],
      next: next === undefined ? [] : [`The next: cursor "${next}".`],
      data: {
        from: state.from,
        firing: state.firing.length + state.leftOut.firing,
        resolved: state.resolved.length + state.leftOut.resolved,
        page,
        untrusted: harmless({
          scopes: state.scopes.slice(0, MAX_SCOPES),
          blind,
          alerts: items.map(alertData),
        }),
      },
    };
  },
});

function lineOf({ severity, rule, since, summary, id }: Alert): string {
  return `${severity} ${rule} since ${since}: ${summary} (${id})`;
}

function alertData(alert: Alert): z.input<typeof alertSchema> {
  const { id, rule, severity, scope, since, summary, kfl, subject, evidence } = alert;
  const { resolvedAt, snapshot } = alert;
  return {
    id,
    rule,
    severity,
    scope,
    workload: subject.workload,
    ...(subject.operation !== undefined && { operation: subject.operation }),
    since,
    ...(resolvedAt !== undefined && { resolved_at: resolvedAt }),
    summary,
    evidence: evidence.slice(0, MAX_EVIDENCE).map(({ callId }) => callId),
    kfl,
    ...(snapshot !== undefined && { snapshot }),
  };
}
