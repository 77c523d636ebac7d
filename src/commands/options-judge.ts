import { JUDGING, type OptionSpec } from './option-spec.ts';
import * as values from './option-values.ts';

/** How a candidate is judged, and what the verdict does to the exit code. */
export const JUDGE_OPTIONS = {
  watch: {
    schema: values.flag,
    verbs: ['verify'],
    help: 'look at the window while it runs, and fail as soon as a regression is beyond doubt',
  },
  interval: {
    schema: values.duration,
    value: 'DURATION',
    file: true,
    verbs: ['verify', 'monitor'],
    help: 'time between two looks: of --watch (30s), of a monitor (5m, at least 10s)',
  },
  'min-samples': {
    schema: values.count,
    value: 'N',
    default: '20',
    file: true,
    verbs: JUDGING,
    help: 'calls an operation needs on both sides to be judged by more than its errors',
  },
  'allow-inconclusive': {
    schema: values.flag,
    verbs: [...JUDGING, 'investigate'],
    help: 'exit 0 instead of 4 when the verdict is INCONCLUSIVE, or an investigation names no origin',
  },
  'dry-run': {
    schema: values.flag,
    file: true,
    verbs: JUDGING,
    help: 'exit 0 whatever the verdict; it is told and reported as it is',
  },
  today: {
    schema: values.day,
    value: 'DATE',
    verbs: JUDGING,
    help: "day for which acceptances must hold, UTC (that of the candidate's last call)",
  },
} as const satisfies Record<string, OptionSpec>;
