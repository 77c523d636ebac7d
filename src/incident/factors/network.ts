import type { Flow } from '../../calls/flow.ts';
import { ms, percent } from '../../compare/words.ts';
import { median, sum } from '../../support/numbers.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { Factor } from '../investigation.ts';

/** Handshakes (µs) and shares (0…1) that are bad anywhere, and how many times worse than elsewhere they must be. */
const SLOW_HANDSHAKE_US = 100_000;
const RESET_SHARE = 0.1;
const RETRANSMITTED_SHARE = 0.02;
const TIMES_ELSEWHERE = 5;
/** Fewer resets or retransmissions say nothing. */
const LEAST = 10;
const MOST = 5;

/**
 * Connections that are worse than all others: reset, sent again, slow to open. Of the flows as the Hub
 * counts them, which tells no time: they stand beside each other, not beside known-good ones.
 */
export function networkFactors({ names, flows }: IncidentCase): Factor[] {
  const seen = new Set(names.workloads);
  const all = flows?.flows ?? [];
  return all
    .filter(({ client, server }) => seen.has(client) || seen.has(server))
    .map((flow) => ({ flow, faults: faultsOf(flow, all) }))
    .filter(({ faults }) => faults.length > 0)
    .sort((a, b) => b.faults.length - a.faults.length || b.flow.bytes - a.flow.bytes)
    .slice(0, MOST)
    .map(({ flow: { client, server, port }, faults }): Factor => {
      const at = port === undefined ? '' : ` (port ${port})`;
      return {
        kind: 'network',
        workload: server,
        summary: `Between ${client} and ${server}${at} ${faults.join(', and ')}; counted since the Hub began to, so some of it may be older.`,
      };
    });
}

function faultsOf(flow: Flow, all: readonly Flow[]): string[] {
  const others = all.filter((other) => other !== flow);
  const total = (of: 'resets' | 'connections' | 'retransmissions' | 'packets') =>
    sum(others, (other) => other[of] ?? 0);
  const { resets, connections, retransmissions, packets, handshakeP99 } = flow;
  const faults: string[] = [];
  const reset = share(resets, connections);
  const resetElsewhere = share(total('resets'), total('connections'));
  if (isBad(resets, reset, RESET_SHARE, resetElsewhere)) {
    faults.push(
      `connections were reset ${resets} times (${connections} connections; ${percent(resetElsewhere)} elsewhere)`,
    );
  }
  const again = share(retransmissions, packets);
  const againElsewhere = share(total('retransmissions'), total('packets'));
  if (isBad(retransmissions, again, RETRANSMITTED_SHARE, againElsewhere)) {
    faults.push(
      `${percent(again)} of the packets were sent again (${percent(againElsewhere)} elsewhere)`,
    );
  }
  const usual = median(others.flatMap((other) => other.handshakeP99 ?? []));
  if (
    handshakeP99 !== undefined &&
    handshakeP99 >= Math.max(SLOW_HANDSHAKE_US, TIMES_ELSEWHERE * usual)
  ) {
    faults.push(
      `opening a connection takes up to ${ms(handshakeP99 / 1000)} (P99; ${ms(usual / 1000)} elsewhere)`,
    );
  }
  return faults;
}

function isBad(
  count: number | undefined,
  is: number,
  least: number,
  elsewhere: number,
): count is number {
  return count !== undefined && count >= LEAST && is >= least && is >= TIMES_ELSEWHERE * elsewhere;
}

function share(some: number | undefined, all: number): number {
  return all === 0 ? 0 : (some ?? 0) / all;
}
