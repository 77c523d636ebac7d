import type { Alert } from '../monitor/alert.ts';
import type { Sink } from '../monitor/sink.ts';
import { visible } from '../support/escape.ts';
import { jsonText } from '../support/json-text.ts';

/** Alerts on stdout: a line of JSON each, or one for people. */
export function alertLines(json: boolean, out: (text: string) => void): Sink {
  return {
    name: 'stdout',
    deliver: async (alert) => out(`${json ? jsonText(alert) : plain(alert)}\n`),
  };
}

function plain(alert: Alert): string {
  const { state, severity, rule, scope, summary, firedAt, resolvedAt } = alert;
  const word = state === 'firing' ? severity : 'resolved';
  return visible(`${resolvedAt ?? firedAt} ${word} ${rule} [${scope}] ${summary}`, 1_000);
}
