import { JUDGING, type OptionSpec } from './option-spec.ts';
import * as values from './option-values.ts';

/** Which baseline, and what becomes of a gate without one. */
export const BASELINE_OPTIONS = {
  baseline: {
    schema: values.text,
    value: 'PLACE',
    input: false,
    verbs: ['verify', 'monitor'],
    help: 'the stored baseline to compare with, or that a monitor starts from: FILE, git:REF[:PATH], s3://BUCKET/KEY or artifact:NAME',
  },
  rolling: {
    schema: values.windows,
    value: 'N',
    file: true,
    verbs: ['baseline'],
    help: 'keep the last N whole windows in the place: add what was captured to what it holds',
  },
  'max-age': {
    schema: values.duration,
    value: 'DURATION',
    file: true,
    verbs: ['baseline', ...JUDGING],
    help: "leave out a baseline's windows that are older",
  },
  'missing-baseline': {
    schema: values.missingBaseline,
    value: 'POLICY',
    file: true,
    verbs: JUDGING,
    help: 'where there is no baseline yet: fail (exit 1), inconclusive (4) or pass (exit 0; the verdict is INCONCLUSIVE) (inconclusive; a FILE that is not there is an error, exit 3)',
  },
} as const satisfies Record<string, OptionSpec>;
