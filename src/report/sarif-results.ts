import type { Location, Result } from 'sarif';
import type { Finding } from '../compare/finding.ts';
import { findingId } from '../compare/finding-id.ts';
import { forSarif, visible } from '../support/escape.ts';
import { hash32 } from '../support/hash.ts';
import type { Judgement } from '../verdict/judgement.ts';
import { valueWords } from './finding-values.ts';
import { acceptedWords } from './policy-words.ts';
import { INCONCLUSIVE, LEVELS } from './sarif-rules.ts';

/** A finding as a result, shown at a file of the repository: `uri`. */
export function findingResult(finding: Finding, uri: string): Result {
  const { rule, severity, category, operation, path, caller, summary, accepted } = finding;
  const { effect, interval, samples, evidence, causedBy } = finding;
  return {
    ruleId: rule,
    // Not every reader knows suppressions: what is accepted must fail nothing there either.
    level: accepted ? 'note' : LEVELS[severity],
    message: { text: `${forSarif(operation)}: ${forSarif(summary)}` },
    locations: [locationOf(uri, operation)],
    partialFingerprints: fingerprints(findingId(finding)),
    baselineState: 'new',
    // All results of a run have them or none has.
    suppressions: accepted
      ? [
          {
            kind: 'external',
            status: 'accepted',
            justification: forSarif(acceptedWords(accepted)),
          },
        ]
      : [],
    properties: {
      category,
      severity,
      ...(path !== undefined && { path: visible(path) }),
      ...(caller !== undefined && { caller: visible(caller) }),
      ...(causedBy !== undefined && { causedBy: visible(causedBy) }),
      baseline: visible(valueWords(finding, finding.baseline)),
      candidate: visible(valueWords(finding, finding.candidate)),
      effect,
      interval,
      samples,
      evidence: evidence.slice(0, 6).map(({ callId, side }) => `${side} ${visible(callId)}`),
    },
  };
}

/** The result that keeps an INCONCLUSIVE verdict from looking like a pass. */
export function inconclusiveResult({ reasons }: Judgement, uri: string): Result {
  const told = reasons.slice(0, 10).map((reason) => forSarif(reason));
  return {
    ruleId: INCONCLUSIVE,
    level: 'error',
    message: { text: `INCONCLUSIVE: ${told.join('; ')}` },
    locations: [locationOf(uri)],
    partialFingerprints: fingerprints(INCONCLUSIVE),
    baselineState: 'new',
    suppressions: [],
  };
}

/**
 * GitHub shows no result without a file and takes those of one rule at one line for one, unless
 * `primaryLocationLineHash` tells them apart.
 */
function fingerprints(id: string): Record<string, string> {
  const hex = [hash32(id), hash32(id, 1)].map((part) => part.toString(16).padStart(8, '0'));
  const hash = `${hex.join('')}:1`;
  return { 'wireproofFinding/v1': hash, primaryLocationLineHash: hash };
}

function locationOf(uri: string, operation?: string): Location {
  const name = operation === undefined ? undefined : visible(operation);
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
      region: { startLine: 1 },
    },
    ...(name !== undefined && {
      logicalLocations: [{ name, fullyQualifiedName: name, kind: 'resource' }],
    }),
  };
}
