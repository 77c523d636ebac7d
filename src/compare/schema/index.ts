import type { MessageProfile } from '../../profile/message.ts';
import type { FamilyResult } from '../family-result.ts';
import type { Finding, NotChecked } from '../finding.ts';
import { compareHeaders } from '../headers.ts';
import { bodyChange } from './body.ts';
import { Reporter } from './report.ts';
import type { Side } from './rules.ts';
import type { Support } from './share.ts';
import { diffNodes } from './walk.ts';

export interface MessagePair {
  /** Plain form. */
  readonly operation: string;
  readonly side: Side;
  /** Of a response. */
  readonly status?: string;
  readonly base: MessageProfile;
  readonly cand: MessageProfile;
  /** Messages, and bodies, that each side needs before it is judged. */
  readonly minSamples: number;
}

/**
 * Every difference in the shape of an operation's requests, or of its responses of one status. A
 * finding's `path` is the message, the part of it, and a JSON pointer in which a star stands for
 * the items of an array and the values of a map: `response 200 /user/name`, `request query /page`,
 * `response 200 header etag`, `request form /name`.
 */
export function compareMessages(pair: MessagePair): FamilyResult {
  const { operation, side, base, cand, minSamples } = pair;
  if (base.count === 0 || cand.count === 0) return { findings: [], notChecked: [] };
  const place = [side, pair.status].filter(Boolean).join(' ');
  if (base.count < minSamples || cand.count < minSamples) {
    return { findings: [], notChecked: [tooFew(pair, place, base.count, cand.count, 'messages')] };
  }
  const support: Support = { minSamples, scale: { base: 1, cand: 1 } };
  const whole = new Reporter(operation, side, place);
  const body = bodyChange(base, cand, support);
  if (body) whole.add(body);
  const headers = compareHeaders({ ...pair, place, support });
  const findings: Finding[] = [...whole.findings(), ...headers.findings];
  const notChecked: NotChecked[] = [...whole.notChecked(), ...headers.notChecked];
  if (base.query && cand.query) {
    const query = new Reporter(operation, side, place);
    diffNodes(base.query, cand.query, query, support);
    findings.push(...query.findings('query'));
    notChecked.push(...query.notChecked('query'));
  }
  const others = new Map(cand.schemas);
  for (const [kind, schema] of base.schemas) {
    const other = others.get(kind);
    if (!other) continue;
    if (schema.total < minSamples || other.total < minSamples) {
      notChecked.push(tooFew(pair, place, schema.total, other.total, `${kind} bodies`));
      continue;
    }
    const where = kind === 'json' ? '' : kind;
    const report = new Reporter(operation, side, place);
    diffNodes(schema, other, report, support);
    findings.push(...report.findings(where));
    notChecked.push(...report.notChecked(where));
  }
  return { findings, notChecked };
}

function tooFew(
  { operation, minSamples }: MessagePair,
  place: string,
  baseline: number,
  candidate: number,
  what: string,
): NotChecked {
  return {
    operation,
    family: 'schema',
    reason: `${place}: ${baseline} and ${candidate} ${what}; ${minSamples} on each side are needed to judge fields and headers.`,
    samples: { baseline, candidate },
  };
}
