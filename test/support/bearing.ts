import type { Judgement } from '../../src/verdict/judgement.ts';
import { edge, finding, healthy, judgement } from './judgements.ts';

/** A judgement that bears the name wherever something from traffic may stand. */
export function bearing(name: string): Judgement {
  const named = {
    operation: `orders GET ${name}`,
    path: name,
    summary: name,
    baseline: name,
    candidate: name,
    caller: name,
    causedBy: name,
    chain: [name, name],
    evidence: [{ callId: name, side: 'candidate', note: name }],
  } as const;
  const open = { severity: 'warning', undecided: name } as const;
  const accepted = { reason: name, expires: '2026-12-31', by: name };
  return judgement({
    verdict: 'INCONCLUSIVE',
    reasons: [name],
    findings: [
      finding(named),
      finding({ ...named, ...open }),
      finding({ ...named, accepted }),
      finding({ ...named, operation: name }),
    ],
    graph: {
      edges: [edge({ from: name, to: name, caller: name, change: 'changed', finding: name })],
      leftOut: 0,
    },
    coverage: {
      comparedShare: 0.5,
      operations: { baseline: 2, candidate: 2, compared: 1 },
      compared: [
        {
          operation: name,
          baseline: 30,
          candidate: 30,
          visible: { slowdown: 1.4, newError: 0.05, vanished: null },
        },
      ],
      notCovered: [{ operation: `not ${name}`, baseline: 1, candidate: 0 }],
      added: [{ operation: `new ${name}`, baseline: 0, candidate: 1 }],
      notChecked: [
        { operation: name, family: name, reason: name, samples: { baseline: 1, candidate: 1 } },
      ],
      unreadBodies: { baseline: 0, candidate: 0 },
    },
    capture: {
      baseline: { ...healthy, problems: [{ code: name, message: name }] },
      candidate: healthy,
    },
  });
}
