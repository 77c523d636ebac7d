import type { SlotListener } from '../monitor/slot-listener.ts';
import type { Summary } from '../monitor/summary/summary.ts';
import { SummaryListener } from '../monitor/summary/summary-listener.ts';
import { renderSummary } from '../report/monitor/summary-markdown.ts';
import { jsonText } from '../support/json-text.ts';
import type { CommandIO } from './command.ts';
import type { Inputs } from './options.ts';

export interface Summaries {
  readonly listeners: readonly SlotListener[];
  /** Tells of what is not told yet; gives, with `--once`, one summary a scope of all that was judged. */
  end(): readonly Summary[];
}

/** Prints a summary every `--summary`: Markdown, or with `--json` a line. */
export function summariesFor({ summary, json, once }: Inputs, io: CommandIO): Summaries {
  const whole: Summary[] = [];
  const print = (told: Summary) =>
    io.out(json ? `${jsonText(told)}\n` : `${renderSummary(told)}\n`);
  const listeners = [
    ...(summary === undefined ? [] : [new SummaryListener(summary, print)]),
    ...(once ? [new SummaryListener(Number.POSITIVE_INFINITY, (told) => whole.push(told))] : []),
  ];
  return {
    listeners,
    end() {
      for (const listener of listeners) listener.end();
      return whole;
    },
  };
}
