import { parseArgs } from 'node:util';
import { iso } from '../../../src/support/quantity.ts';
import { EVENTS } from '../../../test/monitor/world/events.ts';
import {
  isKept,
  type Outcome,
  scoreOf,
  type Told,
  toldOf,
} from '../../../test/monitor/world/score.ts';
import { BEGIN, DAY, WEEK } from '../../../test/monitor/world/time.ts';
import { table } from '../lab/table.ts';
import { Memory } from './memory.ts';
import { replay } from './replay.ts';

/**
 * Replays a fortnight of forty workloads through the monitor: a week to learn, a week to judge.
 *
 *   node --expose-gc scripts/accuracy/monitor/main.ts [--seed N] [--after DAYS] [--days N] [--quiet]
 *
 * `--after`, `--days`: a part of it; what comes before the second week is learned.
 * `--quiet`: nothing is seeded, so that every alert is a false one.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    after: { type: 'string', default: '0' },
    days: { type: 'string', default: '14' },
    quiet: { type: 'boolean', default: false },
  },
});
const [first, last] = [Number(values.after), Number(values.after) + Number(values.days)].map(
  (days) => BEGIN + days * DAY,
) as [number, number];
const events = (values.quiet ? [] : EVENTS).filter(
  ({ onset, end }) => onset >= first && end < last,
);
const memory = new Memory();
const { alerts, calls, slots, took, worked, served } = await replay({
  seed: Number(values.seed),
  kind: values.quiet ? 'quiet' : 'seeded',
  duration: Number(values.days) * DAY,
  after: Number(values.after) * DAY,
  listener: memory,
  sent: ({ state, firedAt, resolvedAt, rule, subject, summary }) => {
    const where = JSON.stringify(subject);
    process.stderr.write(`${resolvedAt ?? firedAt} ${state} ${rule} ${where} ${summary}\n`);
  },
});

const told = toldOf(alerts);
const judged = told.filter(({ firedAt }) => firedAt >= BEGIN + WEEK);
const { outcomes, falseAlerts } = scoreOf(judged, events);
const say = (text: string) => process.stdout.write(`${text}\n`);

say(`seed ${values.seed}: ${calls} calls in ${slots} slots, ${Math.round(took / 1000)} s`);
say(
  `${Math.round((calls / took) * 1000)} calls/s, ${Math.round(worked / 1000)} s of processor time`,
);
say(`requests: ${[...served].map(([tool, count]) => `${tool} ${count}`).join(', ')}`);
say(memory.words());
const learning = told.length - judged.length;
say(`\n${falseAlerts.length} false alerts in the judged week, ${learning} while it learned\n`);
say(table(['rule', 'subject', 'fired', 'summary'], falseAlerts.map(row)));
if (learning > 0) {
  say('While it learned:\n');
  say(table(['rule', 'subject', 'fired', 'summary'], told.slice(0, learning).map(row)));
}
say(
  `${outcomes.filter(isKept).length} of ${outcomes.length} events told once, in time, and resolved once\n`,
);
say(
  table(
    ['event', 'told', 'rule', 'after', 'documented', 'resolved after its end', 'beside'],
    outcomes.map(eventRow),
  ),
);
for (const { event, beside } of outcomes) {
  if (beside.length === 0) continue;
  say(`Beside ${event.name}:\n`);
  say(table(['rule', 'subject', 'fired', 'summary'], beside.map(row)));
}

function row({ fired, firedAt }: Told): readonly string[] {
  const { workload, operation, caller, detail } = fired.subject;
  const subject = [caller && `${caller} →`, operation ?? workload, detail].filter(Boolean);
  return [fired.rule, subject.join(' '), iso(firedAt), fired.summary].map(cell);
}

function eventRow(outcome: Outcome): readonly string[] {
  const { event, right, beside } = outcome;
  const minutes = (ms: number) => `${Math.round(ms / 60_000)} min`;
  const [first] = right;
  const ends = right.map(({ resolvedAt }) =>
    resolvedAt === undefined ? 'never' : minutes(resolvedAt - event.end),
  );
  return [
    event.name,
    right.length === 1 ? (isKept(outcome) ? 'once' : 'once, but') : `${right.length} times`,
    [...new Set(right.map(({ fired }) => fired.rule))].join(', '),
    first ? minutes(first.firedAt - event.onset) : '–',
    minutes(event.within),
    ends.join(', '),
    String(beside.length),
  ];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').slice(0, 240);
}
