import { normalUpperTail } from '../../../compare/stats/normal.ts';
import { count, ms, percent, times } from '../../../compare/words.ts';
import type { Situation } from '../../detector.ts';
import type { Signal } from '../../signal.ts';
import { kflOf } from '../kfl.ts';
import { shareChance } from '../learned-share.ts';
import { type FlowDelta, flowName } from './flow-deltas.ts';
import type { RecentSums } from './recent-sums.ts';
import { HANDSHAKE, RESETS, RETRANSMISSIONS } from './rules.ts';

/** Readings after which something is known of a flow. */
const LEAST_READINGS = 36;
const DEVIATIONS = 6;
/** Standard deviation of the log of a median handshake, at least. */
const LEAST_DEVIATION = 0.2;
const SLOWER = 3;
const MORE_US = 2_000;
const CHANCE = 1e-7;
const RATIO = 3;
const HOURS = 20;

/** What is remembered of flows, by name. */
export interface FlowLearning {
  /** `[readings, sum, sum of squares]` of log µs. */
  readonly handshakes: RecentSums;
  /** `[readings, connections, resets, packets, retransmissions]` */
  readonly counts: RecentSums;
}

type Judge = (
  delta: FlowDelta,
  learning: FlowLearning,
  situation: Situation<unknown>,
) => Signal | undefined;

/** Handshakes between two workloads that take longer than they learned. */
export const slowHandshake: Judge = ({ flow }, { handshakes }, { view }) => {
  const micros = flow.handshakeP50 ?? flow.handshakeP99;
  const [n = 0, sum = 0, squares = 0] = handshakes.get(flowName(flow)) ?? [];
  if (micros === undefined || micros <= 0 || n < LEAST_READINGS) return undefined;
  const mean = sum / n;
  const deviation = Math.max(LEAST_DEVIATION, Math.sqrt(Math.max(0, squares / n - mean ** 2)));
  const usual = Math.exp(mean);
  const off = (Math.log(micros) - mean) / deviation;
  if (micros < SLOWER * usual || micros - usual < MORE_US || off < DEVIATIONS) return undefined;
  return {
    ...common(flow, view),
    rule: HANDSHAKE.id,
    summary: `${flow.client} needs ${ms(micros / 1000)} to open a connection to ${flow.server}, ${times(micros / usual)} the usual ${ms(usual / 1000)}`,
    value: micros / 1000,
    expected: usual / 1000,
    unit: 'ms',
    interval: {
      low: Math.exp(mean - 1.96 * deviation) / 1000,
      high: Math.exp(mean + 1.96 * deviation) / 1000,
      level: 0.95,
    },
    chance: normalUpperTail(off),
    events: flow.connections,
    checked: `one reading of L4 flows against about ${Math.round(n)} learned`,
  };
};

/** Connections that are reset more often than was learned. */
export const moreResets: Judge = (delta, learning, situation) =>
  share(delta.resets, delta.connections, 2, 1, {
    rule: RESETS.id,
    more: 0.05,
    bursts: 2,
    of: 'connections',
    were: 'were reset',
  })(delta, learning, situation);

/** Packets that are sent again more often than was learned. */
export const moreRetransmissions: Judge = (delta, learning, situation) =>
  share(delta.retransmissions, delta.packets, 4, 3, {
    rule: RETRANSMISSIONS.id,
    more: 0.01,
    bursts: 10,
    of: 'packets',
    were: 'were sent again',
  })(delta, learning, situation);

interface Words {
  readonly rule: string;
  readonly more: number;
  readonly bursts: number;
  readonly of: string;
  readonly were: string;
}

function share(
  some: number | undefined,
  all: number,
  at: number,
  among: number,
  words: Words,
): Judge {
  return ({ flow }, { counts }, { view, settings }) => {
    const learned = counts.get(flowName(flow)) ?? [];
    const [n = 0] = learned;
    const [before = 0, calls = 0] = [learned[at], learned[among]];
    if (some === undefined || all < settings.minEvents || some > all) return undefined;
    if (n < LEAST_READINGS || calls === 0) return undefined;
    const usual = (before + 0.5) / (calls + 1);
    const now = some / all;
    if (now < RATIO * usual || now < usual + words.more) return undefined;
    const known = { calls, some: before, share: usual, bursts: words.bursts, hours: HOURS };
    const chance = shareChance(known, some, all);
    if (chance >= CHANCE) return undefined;
    return {
      ...common(flow, view),
      rule: words.rule,
      summary: `${percent(now)} of the ${words.of} from ${flow.client} to ${flow.server} ${words.were} (${count(some, all)}), ${times(now / usual)} the ${percent(usual)} usually`,
      value: now,
      expected: usual,
      unit: 'ratio',
      chance,
      events: some,
      checked: `${all} ${words.of} since the last reading against about ${Math.round(calls)} learned`,
    };
  };
}

function common(flow: FlowDelta['flow'], view: Situation<unknown>['view']) {
  return {
    subject: { workload: flow.server, caller: flow.client },
    since: view.slot.start,
    evidence: [],
    kfl: kflOf({ protocol: flow.protocol, callee: flow.server, caller: flow.client }),
  };
}
