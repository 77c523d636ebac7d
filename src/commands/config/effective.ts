import { isDeepStrictEqual } from 'node:util';
import { stricterThresholds } from '../../compare/thresholds.ts';
import { effectivePolicy, proposed } from '../../verdict/effective-policy.ts';
import type { OptionName } from '../options.ts';
import type { Given } from '../parse-command-line.ts';
import { type Config, NOTHING } from './config.ts';

/**
 * Options that say what is captured: without them nothing could be. All others may let more pass, so
 * they are of no effect where nobody vouches for them.
 */
const CAPTURED: readonly OptionName[] = [
  'namespace',
  'workload',
  'kfl',
  'window',
  'windows',
  'route',
  'rolling',
  'interval',
];
/** What decides what is seen at all can't be told stricter from looser: the base's counts. */
const SEEING = ['paths', 'identity', 'redact'] as const;

/**
 * The configuration that judges a change which brings its own (`head`) and that nobody reviewed: the
 * base branch's with whatever the change tightens. What it loosens is told and does not count.
 * `base` is undefined where it could not be had: then nothing is loosened, and only the scope is the
 * change's own, since without one nothing could be captured.
 */
export function effectiveConfig(base: Config | undefined, head: Config): Config {
  const trusted = base ?? { ...NOTHING, options: scopeOf(head.options) };
  const policy = effectivePolicy(trusted.policy, head.policy);
  const stricter = stricterThresholds(trusted.thresholds[0], head.thresholds[0]);
  const differs = !isDeepStrictEqual(stricter, trusted.thresholds[0]);
  return {
    ...trusted,
    require: [
      ...trusted.require,
      ...head.require.filter((one) => !trusted.require.some((all) => isDeepStrictEqual(all, one))),
    ],
    // Latencies found by lower thresholds may explain others away, so both are asked.
    thresholds: differs ? [trusted.thresholds[0], stricter] : [trusted.thresholds[0]],
    policy: { ...policy, proposals: [...policy.proposals, ...proposals(trusted, head)] },
  };
}

function scopeOf(options: Given): Given {
  return new Map([...options].filter(([name]) => CAPTURED.includes(name)));
}

/** What else of the head does not count. */
function proposals(base: Config, head: Config): string[] {
  const names = new Set([...base.options.keys(), ...head.options.keys()]);
  const options = [...names].filter((name) => base.options.get(name) !== head.options.get(name));
  const seeing = SEEING.filter((key) => !isDeepStrictEqual(base[key], head[key]));
  const kept = base.require.filter(
    (one) => !head.require.some((all) => isDeepStrictEqual(all, one)),
  );
  const looser = !isDeepStrictEqual(
    stricterThresholds(base.thresholds[0], head.thresholds[0]),
    head.thresholds[0],
  );
  return [
    ...[...options, ...seeing].map((key) => proposed(`another ${key}`)),
    ...(kept.length > 0 ? [proposed(`${kept.length} budgets fewer`)] : []),
    ...(looser ? [proposed('looser thresholds')] : []),
  ];
}
