/** What version 2 does wrong, one for each of the six categories. */
export const releaseRegressions = [
  'field-lost',
  'error-500',
  'slow-p95',
  'three-queries',
  'audit-dropped',
  'outside-host',
] as const;

/** Regressions that tests seed one at a time. */
export const furtherRegressions = [
  'order-swapped',
  'retry-storm',
  'auth-lost',
  'cache-cold',
  'update-added',
  'cache-control-lost',
  'date-format',
  'answers-mixed',
  'wrong-parameter',
] as const;

/** Changes that are none: a gate must stay silent on each of them. */
export const harmlessVariants = ['parallel', 'pods', 'ports', 'load', 'background'] as const;

/** How callers wait: they give up after a quarter of a second and ask twice more. */
export const policies = ['impatient'] as const;

export const variants = [
  ...releaseRegressions,
  ...furtherRegressions,
  ...harmlessVariants,
  ...policies,
] as const;
export type Variant = (typeof variants)[number];

export function isVariant(name: string): name is Variant {
  return (variants as readonly string[]).includes(name);
}
