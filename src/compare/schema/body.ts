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
  if (is === 'always') {
    return { ...common, rule: 'schema.body-became-required', what: 'is always there now' };
  }
  return { ...common, rule: 'schema.body-became-optional', what: 'is missing at times' };
}

function withBody({ count, bodies }: MessageProfile): Share {
  const all = count - bodies.unseen;
  return { some: all - bodies.absent, all };
}

/** Whether bodies decode as something that they never were: another format, or none at all. */
export function kindChange(
  base: MessageProfile,
  cand: MessageProfile,
  support: Support,
): Change | undefined {
  const before = kindsOf(base);
  const after = kindsOf(cand);
  const gained = [...after].filter(([kind]) => !before.has(kind));
  const added = gained.reduce((sum, [, bodies]) => sum + bodies, 0);
  const share = (message: MessageProfile, some: number): Share => ({
    some,
    all: message.bodies.known + message.bodies.invalid,
  });
  if (before.size === 0 || added === 0) return undefined;
  const names = (kinds: Iterable<string>) => [...kinds].join(' or ');
  return {
    rule: 'schema.body-format-changed',
    pointer: '',
    what: `was ${names(before.keys())} and is ${names(gained.map(([kind]) => kind))}`,
    base: share(base, 0),
    cand: share(cand, added),
    weight: weigh(share(base, 0), share(cand, added), support),
    before: names(before.keys()),
    after: names(after.keys()),
    baseExamples: base.witness.ids,
    candExamples: gained.flatMap(([kind]) => examplesOf(cand, kind)),
  };
}

/** Bodies by what they decode as; `malformed` where that is not what the content type says. */
function kindsOf({ kinds, bodies }: MessageProfile): Map<string, number> {
  const found = new Map<string, number>(kinds.map(([kind, stats]) => [kind, stats.bodies]));
  if (bodies.invalid > 0) found.set('malformed', bodies.invalid);
  return found;
}

function examplesOf(message: MessageProfile, kind: string): readonly string[] {
  if (kind === 'malformed') return message.malformed;
  return message.kinds.find(([known]) => known === kind)?.[1].witness.ids ?? [];
}
