import type { BaselineOrigin } from '../verdict/baseline-origin.ts';
import { counted } from './words.ts';

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** Where the baseline comes from, in one line, not escaped yet. */
export function originLine(origin: BaselineOrigin): string {
  const { place, commit, ref, repository, workflow, runId, environment, tooOld, ageMs } = origin;
  const parts = [
    place,
    ...(commit ? [`commit ${commit.slice(0, 12)}`] : []),
    ...(ref ? [ref] : []),
    ...(repository ? [repository] : []),
    ...(workflow ? [`workflow ${workflow}`] : []),
    ...(runId ? [`run ${runId}`] : []),
    ...(environment ? [`environment ${environment}`] : []),
    counted(origin.windows, 'window'),
    ...(tooOld > 0 ? [`${counted(tooOld, 'older window')} left out`] : []),
    ...(ageMs === null ? [] : [ageOf(ageMs)]),
    `Wireproof ${origin.wireproof}`,
  ];
  return parts.join(', ');
}

/** "3 d old", in the largest unit of which it has two. */
function ageOf(ms: number): string {
  if (ms < 0) return 'captured after the candidate';
  const [unit, size] =
    UNITS.find(([, size]) => ms >= 2 * size) ?? (UNITS[UNITS.length - 1] as (typeof UNITS)[3]);
  return `${Math.floor(ms / size)} ${unit} old`;
}
