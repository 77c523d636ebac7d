import { isNameless } from '../../calls/workload.ts';
import type { OpaquePair, Talks } from '../../profile/capture-talks.ts';
import { counted } from '../../support/quantity.ts';
import type { Finding } from '../finding.ts';
import type { Sides } from '../sides.ts';
import { backgroundOf } from './background.ts';
import type { Destinations } from './destinations.ts';

/** So many connections, or packets with bytes, are more than a stray. */
const LEAST_CONNECTIONS = 5;
const LEAST_PACKETS = 100;
/** Who talks to so many hosts talks to another sooner or later: hooks of customers, say. */
const MANY_HOSTS = 8;

/** Encrypted connections are no calls, but who they go to is somebody that is called. */
export function knowTalks(known: Destinations, talks: Talks): void {
  for (const { client, server } of talks.known) known.add(client, server, targetOf(server));
}

/**
 * Hosts that a workload never called before and talks to now, over TLS that asks for them by name. Not where
 * connections of before could have gone there: what began before its capture names nobody.
 */
export function newTalks(
  sides: Sides<Talks>,
  known: Destinations,
  callersSeen: ReadonlySet<string>,
): Finding[] {
  return newPairs(sides)
    .filter((pair) => callersSeen.has(pair.client) && !known.hasCallee(pair.client, pair.server))
    .filter(({ client, isNamed }) => isNamed && !isNameless(client) && !hasNameless(sides, client))
    .map(({ client, server, connections }) => ({
      rule: 'call.new-destination',
      category: 'extra-call',
      severity: 'breaking',
      operation: backgroundOf(client),
      path: targetOf(server),
      summary: `Talks to ${server}, which ${client} never called before: ${counted(connections, 'encrypted connection')}, whose calls can't be read.`,
      baseline: 0,
      candidate: connections,
      effect: connections,
      interval: null,
      samples: { baseline: 0, candidate: connections },
      evidence: [],
    }));
}

/** Who talks in a capture as nobody is seen to in the other. */
export function newPairs({ base, cand }: Sides<Talks>): OpaquePair[] {
  const before = new Set(base.known.map(keyOf));
  const hosts = (client: string) =>
    base.known.filter((pair) => pair.client === client && pair.isNamed).length;
  return cand.known.filter(
    (pair) =>
      (pair.connections >= LEAST_CONNECTIONS || pair.packets >= LEAST_PACKETS) &&
      !before.has(keyOf(pair)) &&
      (pair.isNamed
        ? hosts(pair.client) < MANY_HOSTS
        : !base.known.some(({ client }) => client === pair.client)),
  );
}

/** Whether a client talked to somebody who goes by no name. */
export function hasNameless({ base }: Pick<Sides<Talks>, 'base'>, client: string): boolean {
  return base.known.some((pair) => pair.client === client && !pair.isNamed);
}

/** The path of a finding on talk to a server. */
export function targetOf(server: string): string {
  return `${server} tls`;
}

function keyOf({ client, server }: OpaquePair): string {
  return JSON.stringify([client, server]);
}
