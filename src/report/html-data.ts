import type { Judgement } from '../verdict/judgement.ts';

/** What the page of a report holds: the JSON that `--json` prints, cut where it would be too large. */
export interface PageData {
  readonly judgement: Judgement;
  /** What was left out of the page for its size; report.json has it. */
  readonly leftOut: {
    readonly findings: number;
    readonly operations: number;
    /** Of coverage, call graph and configuration. */
    readonly rows: number;
  };
}

/** What could end the block, and what a reader of the source can't see. */
const ESCAPED = /[<>&\p{Cc}\p{Cf}\p{DI}\p{Zl}\p{Zp}\p{Co}\p{NChar}]/gu;

/** JSON that can't end the block it stands in, nor begin a comment there. */
export function forScript(data: unknown): string {
  return JSON.stringify(data).replace(ESCAPED, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
