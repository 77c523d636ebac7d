import { fitsGlob } from '../support/glob.ts';

/** Which findings an entry of the configuration means; what is unsaid fits any. Stars are any text. */
export interface FindingPattern {
  /** A rule's id, or the begin of several: `header.*`. */
  readonly rule?: string | undefined;
  /** In plain form, as findings name it. */
  readonly operation?: string | undefined;
  readonly path?: string | undefined;
}

/** What of a finding tells which it is. */
interface Place {
  readonly rule: string;
  readonly operation: string;
  readonly path?: string | undefined;
}

/** Whether a finding is meant. */
export function isMeantBy({ rule, operation, path }: FindingPattern, finding: Place): boolean {
  return (
    fits(rule, finding.rule) && fits(operation, finding.operation) && fits(path, finding.path ?? '')
  );
}

/** An entry in words: what it says, in the order of a finding's id. */
export function patternText({ rule, operation, path }: FindingPattern): string {
  return [rule, operation, path].filter((part) => part !== undefined).join(' ');
}

/** Whether two entries mean the same by the same words. */
export function isSamePattern(a: FindingPattern, b: FindingPattern): boolean {
  return a.rule === b.rule && a.operation === b.operation && a.path === b.path;
}

function fits(pattern: string | undefined, text: string): boolean {
  return pattern === undefined || fitsGlob(pattern, text);
}
