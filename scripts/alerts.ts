import { writeFileSync } from 'node:fs';
import { ALERT_SEVERITIES, type AlertRule } from '../src/monitor/alert-rule.ts';
import { FLOOD_RULE } from '../src/monitor/alerts/monitor-rules.ts';
import type { DetectorKind } from '../src/monitor/detector.ts';
import { DETECTORS } from '../src/monitor/detectors.ts';
import { OWN_RULES } from '../src/monitor/own-rules.ts';

/** `docs/alerts.md`, made from the rules of all detectors. */

const HEAD = `# Alerts

Made by \`npm run docs\` from the rules of the detectors. What an alert holds, how it comes and goes, and how to silence it: [monitor.md](monitor.md).

An alert names its rule by id; ids are stable. \`critical\` is an outage or a leak that somebody should see now, \`warning\` one that can wait until the morning, \`info\` is kept with the evidence and sent only with \`--notify-from info\`. **Fires within** is told for an interval of 5 minutes; shorter intervals are sooner. **Confirmed by** says how many intervals in a row must show it, **resolved after** how many must not.

A rule is off where \`monitor: {off: [RULE]}\` in \`wireproof.yml\` says so; \`*\` stands for any text.`;

const CATEGORIES: Readonly<Record<AlertRule['category'], string>> = {
  errors: 'Errors',
  latency: 'Latency',
  traffic: 'Traffic',
  protocol: 'Protocol',
  network: 'Network',
  security: 'Security',
  monitor: 'The monitor itself',
};

/** All rules in the order of the page: by category, severity and id. */
export function allRules(
  detectors: readonly DetectorKind[] = DETECTORS,
  own: readonly AlertRule[] = [...OWN_RULES, FLOOD_RULE],
): readonly AlertRule[] {
  const order = Object.keys(CATEGORIES);
  return [...detectors.flatMap(({ rules }) => rules), ...own].toSorted(
    (a, b) =>
      order.indexOf(a.category) - order.indexOf(b.category) ||
      ALERT_SEVERITIES.indexOf(a.severity) - ALERT_SEVERITIES.indexOf(b.severity) ||
      (a.id < b.id ? -1 : 1),
  );
}

/** The whole page. */
export function alertsPage(rules: readonly AlertRule[] = allRules()): string {
  const rows = rules.map(
    ({ id, severity, meaning, within }) =>
      `| [\`${id}\`](#${anchor(id)}) | ${severity} | ${meaning} | ${within} |`,
  );
  const table = ['| rule | severity | meaning | fires within |', '| --- | --- | --- | --- |'];
  const sections = Object.entries(CATEGORIES).flatMap(([category, title]) => {
    const own = rules.filter((rule) => rule.category === category);
    return own.length === 0 ? [] : [`## ${title}`, ...own.map(section)];
  });
  return `${[HEAD, [...table, ...rows].join('\n'), ...sections].join('\n\n')}\n`;
}

function section(rule: AlertRule): string {
  const { id, severity, title, meaning, method, within, confirm, clear, remedy, symptom } = rule;
  return [
    `### ${id}`,
    `${title}. ${meaning}`,
    [
      `- **Severity:** ${severity}`,
      `- **Decided by:** ${method}`,
      `- **Fires within:** ${within}`,
      `- **Confirmed by:** ${intervals(confirm)}; **resolved after:** ${intervals(clear)}`,
      `- **What to do:** ${remedy}`,
      ...(symptom ? ['- A symptom: it is told under the alert that caused it, where one is.'] : []),
    ].join('\n'),
  ].join('\n\n');
}

function intervals(count: number): string {
  return count === 1 ? '1 interval' : `${count} intervals in a row`;
}

/** As GitHub makes it of a heading. */
function anchor(id: string): string {
  return id.replaceAll('.', '');
}

if (import.meta.main) writeFileSync('docs/alerts.md', alertsPage());
