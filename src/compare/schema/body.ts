import type { MessageProfile } from '../../profile/message.ts';
import type { Change } from './report.ts';
import { type Share, type Support, standing, weigh } from './share.ts';
import { mostlyMissing, mostlyNow } from './surge.ts';

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
  if (weight === 'same') {
    const missing = mostlyMissing(before, after, support);
    return (
      missing && {
        ...missing,
        rule: 'schema.body-became-optional',
        pointer: '',
        baseExamples: base.bodiless,
        candExamples: cand.bodiless,
      }
    );
  }
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
  if (before.size === 0) return undefined;
  if (added === 0) return mostlyOfKind(base, cand, support);
  const names = (kinds: Iterable<string>) => [...kinds].join(' or ');
  return {
    rule: 'schema.body-format-changed',
    pointer: '',
    what: `was ${names(before.keys())} and is ${names(gained.map(([kind]) => kind))}`,
    base: decoded(base, 0),
    cand: decoded(cand, added),
    weight: weigh(decoded(base, 0), decoded(cand, added), support),
    before: names(before.keys()),
    after: names(after.keys()),
    baseExamples: base.witness.ids,
    candExamples: gained.flatMap(([kind]) => examplesOf(cand, kind)),
  };
}

/** That bodies mostly decode as something that they seldom did. */
function mostlyOfKind(
  base: MessageProfile,
  cand: MessageProfile,
  support: Support,
): Change | undefined {
  const [before, after] = [kindsOf(base), kindsOf(cand)];
  for (const [kind, bodies] of after) {
    const surge = mostlyNow(
      kind,
      decoded(base, before.get(kind) ?? 0),
      decoded(cand, bodies),
      support,
    );
    if (!surge) continue;
    const { atMost, ...sure } = surge;
    return {
      ...sure,
      // Another case has another format, but none that can't be read.
      ...(atMost && kind !== 'malformed' && { atMost }),
      rule: 'schema.body-format-changed',
      pointer: '',
      baseExamples: examplesOf(base, kind),
      candExamples: examplesOf(cand, kind),
    };
  }
  return undefined;
}

/** Bodies by what they decode as; `malformed` where that is not what the content type says. */
function kindsOf({ kinds, bodies }: MessageProfile): Map<string, number> {
  const found = new Map<string, number>(kinds.map(([kind, stats]) => [kind, stats.bodies]));
  if (bodies.invalid > 0) found.set('malformed', bodies.invalid);
  return found;
}

function decoded({ bodies }: MessageProfile, some: number): Share {
  return { some, all: bodies.known + bodies.invalid };
}

function examplesOf(message: MessageProfile, kind: string): readonly string[] {
  if (kind === 'malformed') return message.malformed;
  return message.kinds.find(([known]) => known === kind)?.[1].witness.ids ?? [];
}
