import type { MessageProfile } from '../../profile/message.ts';
import type { Change } from './report.ts';
import { type Share, type Support, standing, weigh } from './share.ts';

/** Whether messages still have a body. */
export function bodyChange(
  base: MessageProfile,
  cand: MessageProfile,
  support: Support,
): Change | undefined {
  const before = withBody(base);
  const after = withBody(cand);
  const weight = weigh(before, after, support);
  const [was, is] = [standing(before), standing(after)];
  if (weight === 'same') return undefined;
  const common = {
    pointer: '',
    base: before,
    cand: after,
    weight,
    baseExamples: was === 'never' ? base.bodiless : base.witness.ids,
    candExamples: is === 'always' || was === 'never' ? cand.witness.ids : cand.bodiless,
  };
  if (is === 'never') return { ...common, rule: 'schema.body-removed', what: 'is empty now' };
  if (was === 'never') return { ...common, rule: 'schema.body-added', what: 'is new' };
  if (is === 'always') return undefined;
  return { ...common, rule: 'schema.body-became-optional', what: 'is missing at times' };
}

function withBody({ count, bodies }: MessageProfile): Share {
  return { some: count - bodies.absent, all: count };
}
