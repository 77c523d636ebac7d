import type { Finding } from '../finding.ts';
import type { OperationPair } from '../pairs.ts';
import { callsIn, silenceAfter, slotsOf } from '../stretches.ts';
import { deliversMessages, givesMessages, queueIn } from '../waiting.ts';
import { stopped } from './findings.ts';
import { isLongSilence, SHORT_SILENCE } from './silence.ts';

/** Deliveries from which on it is known that a consumer is sent what is published. */
const LEAST = 20;
/** Of the times with messages published, more without any delivery is a consumer that comes and goes. */
const LONGEST_PAUSE = SHORT_SILENCE / 2;
const RULES = new Set(['call.missing', 'call.count-changed']);

/** Messages of one name, as they come to a broker and as it sends them to one workload. */
interface Delivery {
  readonly published: OperationPair;
  readonly delivered: OperationPair;
}

/**
 * Messages that a broker sends on as they are published, and that one of its consumers is sent no more:
 * not at all, or not in the last quarter of the time or longer, while more are published. However late a
 * busy consumer takes what: that some call caused it need not be known.
 */
export function tellDeliveries(
  findings: readonly Finding[],
  { pairs }: { readonly pairs: readonly OperationPair[] },
): Finding[] {
  const deliveries = deliveriesOf(pairs);
  const lost = deliveries.flatMap((delivery) => lostOf(delivery, deliveries) ?? []);
  const places = new Set(lost.map(placeOf));
  const isTold = (finding: Finding) => RULES.has(finding.rule) && places.has(placeOf(finding));
  return [...findings.filter((finding) => !isTold(finding)), ...lost];
}

function placeOf({ operation, path }: Finding): string {
  return JSON.stringify([operation, path]);
}

function deliveriesOf(pairs: readonly OperationPair[]): Delivery[] {
  const published = new Map(
    pairs.filter(givesMessages).map((pair) => [`${pair.family.workload} ${queueIn(pair)}`, pair]),
  );
  return pairs.filter(deliversMessages).flatMap((delivered) => {
    const [broker] = brokersOf(delivered);
    const pair = published.get(`${broker} ${queueIn(delivered)}`);
    return pair ? [{ published: pair, delivered }] : [];
  });
}

function brokersOf({ base, cand }: OperationPair): string[] {
  const callers = [base, cand].flatMap((side) => side.callers.entries());
  return [...new Set(callers.map(([caller]) => caller))];
}

function lostOf({ published, delivered }: Delivery, all: readonly Delivery[]): Finding | undefined {
  const { base, cand, operation } = delivered;
  if (base.count < LEAST || brokersOf(delivered).length > 1) return undefined;
  const before = slotsOf([published.base]);
  if (longestPause(delivered, before) > LONGEST_PAUSE) return undefined;
  const now = slotsOf([published.cand]);
  const silence = silenceAfter([cand], now);
  const silent = now.slice(now.length - Math.round(silence * now.length));
  const waiting = silent.reduce((sum, slot) => sum + callsIn(published.cand, slot), 0);
  const due = (waiting * base.count) / published.base.count;
  if (!isLongSilence(silence, due)) return undefined;
  const others = all.filter((one) => one.published === published && one.delivered !== delivered);
  if (surplusOf(others) >= due / 2) return undefined;
  const { workload } = published.family;
  const edge = { pair: delivered, base: base.count, cand: cand.count };
  return {
    ...stopped(workload, edge, silence, {
      how: 'as messages come',
      calls: 'messages',
      follows: ` ${waiting} were published meanwhile.`,
    }),
    operation: published.operation,
    chain: [published.operation, operation],
  };
}

/** What consumers are sent beyond what they were, as much being published. */
function surplusOf(deliveries: readonly Delivery[]): number {
  return deliveries.reduce((sum, { published, delivered: { base, cand } }) => {
    const ratio = published.cand.count / published.base.count;
    return sum + cand.count - base.count * ratio;
  }, 0);
}

/** The longest run without a delivery, as a share (0…1) of the baseline's slots in which messages were published. */
function longestPause({ base }: OperationPair, slots: readonly number[]): number {
  let longest = 0;
  let run = 0;
  for (const slot of slots) {
    run = callsIn(base, slot) > 0 ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest / slots.length;
}
