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
const ESCAPED =
  /[<>&\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** JSON that can't end the block it stands in, nor begin a comment there. */
export function forScript(data: unknown): string {
  return JSON.stringify(data).replace(
    ESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
