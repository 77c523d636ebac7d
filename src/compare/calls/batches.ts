import { doubted } from '../doubt.ts';
import type { Finding } from '../finding.ts';
import { messagesIn } from '../message-count.ts';
import type { OperationPair } from '../pairs.ts';
import type { Sides } from '../sides.ts';
import { givesMessages } from '../waiting.ts';

const RULES = new Set(['call.missing', 'call.count-changed', 'call.extra', 'call.mutation-added']);
/** Of the calls that give messages to a queue so many are an operation's where it is judged by all of them. */
const NEARLY_ALL = 0.9;
/** Messages for a handled call change so much less than calls do, in logarithms, where only batches do. */
const LITTLE = 0.25;

/**
 * Messages that a producer gives to a queue several at a time, or no longer does: what it calls for a
 * handled call says nothing then, what it gives does.
 */
export function tellBatches(
  findings: readonly Finding[],
  { pairs }: { readonly pairs: readonly OperationPair[] },
): Finding[] {
  const given = new Map(pairs.filter(givesMessages).map((pair) => [pair.operation, pair] as const));
  return findings.map((finding) => {
    const pair = RULES.has(finding.rule) ? given.get(finding.path ?? '') : undefined;
    const messages = pair && batchedAlone(finding, pair);
    return messages
      ? doubted(finding, {
          atMost: 'info',
          words: `It gives as many messages for each (${messages.base} → ${messages.cand} in all), together or alone.`,
        })
      : finding;
  });
}

/** The messages, where it is only how many go together that changed. */
function batchedAlone(
  { samples, baseline, candidate }: Finding,
  { base, cand }: OperationPair,
): Sides<number> | undefined {
  const { baseline: before, candidate: after } = samples;
  const isIts = (calls: unknown, handled: number, all: number) =>
    typeof calls === 'number' && calls * handled >= NEARLY_ALL * all;
  if (!isIts(baseline, before, base.count) && !isIts(candidate, after, cand.count))
    return undefined;
  const messages = { base: messagesIn(base, 'request'), cand: messagesIn(cand, 'request') };
  if (messages.base === 0 || messages.cand === 0) return undefined;
  const change = (now: number, then: number) => Math.abs(Math.log(now / after / (then / before)));
  const calls = change(cand.count, base.count);
  return change(messages.cand, messages.base) <= LITTLE * calls ? messages : undefined;
}
