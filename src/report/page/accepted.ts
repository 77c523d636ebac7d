import type { Finding } from '../../compare/finding.ts';

/** What wireproof.yml says of a finding that it accepts. */
export interface Accepted {
  readonly reason: string;
  readonly expires: string;
  readonly by?: string;
}

/** Who accepts a finding, until when and why; undefined where nobody does. */
export function acceptedOf(
  finding: Finding & { readonly accepted?: Accepted },
): Accepted | undefined {
  return finding.accepted;
}
