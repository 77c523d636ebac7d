import { formatsOf } from '../../profile/schema/formats.ts';
import type { SchemaNode } from '../../profile/schema/node.ts';
import { isOfWords } from './enums.ts';
import { sampledSupport } from './formats.ts';
import { type Nodes, once } from './lost.ts';
import type { Change } from './report.ts';
import { type Share, weigh } from './share.ts';

const MISTAKEN = formatsOf('[object Object]');

/** Text that says what only a mistake makes it say, as none did before; of an enumeration its new words tell. */
export function mistaken(nodes: Nodes): Change | undefined {
  const { base, cand, pointer, support } = once(nodes);
  if (base.string && isOfWords(base.string)) return undefined;
  const [was, is] = [sampled(base), sampled(cand)];
  if (was.some > 0 || is.some === 0) return undefined;
  return {
    rule: 'schema.format-changed',
    pointer,
    what: "says 'undefined', 'NaN' or the like, is escaped twice or decoded wrongly",
    base: was,
    cand: is,
    weight: weigh(was, is, sampledSupport({ base, cand, support })),
    baseExamples: base.examples(['string']),
    candExamples: cand.examples(['string']),
  };
}

/** Of the sampled texts, those that say so. */
function sampled({ string }: SchemaNode): Share {
  const { sample } = string ?? {};
  return { some: sample?.having(MISTAKEN) ?? 0, all: sample?.size ?? 0 };
}
