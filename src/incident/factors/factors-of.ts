import type { Change } from '../change.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { Factor } from '../investigation.ts';
import { connectionFactors } from './connections.ts';
import { deploymentFactors } from './deployments.ts';
import { eventFactors } from './events.ts';
import { loadFactors } from './load.ts';
import { networkFactors } from './network.ts';
import { payloadFactors } from './payload.ts';
import { retryFactors } from './retries.ts';

/** What began so much (ms) after trouble did is its consequence, not a factor. */
const AFTER_MS = 2_000;
const MOST = 20;

/**
 * What contributed: more load, deployments, events from outside, retries, connections, payloads and the
 * network, in order of time. What came after the trouble began is left out, but for what keeps it going (retries,
 * connections).
 */
export function factorsOf(given: IncidentCase, changes: readonly Change[]): Factor[] {
  const onset = troubleSince(changes);
  const early = [
    ...loadFactors(given, changes),
    ...deploymentFactors(given),
    ...eventFactors(given, onset),
    ...payloadFactors(given),
  ].filter(({ at }) => at === undefined || onset === undefined || at <= onset + AFTER_MS);
  const lasting = [...retryFactors(given, onset), ...connectionFactors(given, changes)];
  return [...early, ...lasting, ...networkFactors(given)]
    .sort((a, b) => (a.at ?? Number.POSITIVE_INFINITY) - (b.at ?? Number.POSITIVE_INFINITY))
    .slice(0, MOST);
}

/** When the first errors, or rising latencies, came; undefined without any. */
function troubleSince(changes: readonly Change[]): number | undefined {
  const trouble = changes.filter(
    ({ measure, before, after }) =>
      measure === 'errors' ||
      measure === 'unanswered' ||
      ((measure === 'latency' || measure === 'own-time') && after > before),
  );
  return trouble.length === 0 ? undefined : Math.min(...trouble.map(({ to }) => to));
}
