import type { Judgement } from './judgement.ts';

/** Where a stored baseline comes from: the run that captured the newest of its windows. */
export interface BaselineOrigin {
  /** Where it is stored, as it was given. */
  readonly place: string;
  readonly repository?: string | undefined;
  readonly commit?: string | undefined;
  readonly ref?: string | undefined;
  readonly workflow?: string | undefined;
  readonly runId?: string | undefined;
  readonly environment?: string | undefined;
  /** The version of Wireproof that stored it. */
  readonly wireproof: string;
  /** How many windows were compared with. */
  readonly windows: number;
  /** How many were left out, being too old. */
  readonly tooOld: number;
  /** Unix ms of its last call. */
  readonly end: number | null;
  /** From its last call to the candidate's first, ms; null without calls. */
  readonly ageMs: number | null;
}

export type BaselineSource = Omit<BaselineOrigin, 'ageMs'>;

/** The judgement with where its baseline comes from. */
export function withOrigin(judgement: Judgement, source: BaselineSource | undefined): Judgement {
  if (source === undefined) return judgement;
  const { start } = judgement.capture.candidate;
  const ageMs = start === null || source.end === null ? null : start - source.end;
  return { ...judgement, baselineOrigin: { ...source, ageMs } };
}
