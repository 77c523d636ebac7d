import { hash32 } from '../support/hash.ts';

/** The fragment under which report.html shows a finding: `#f-…`, made of its name, the same in every run. */
export function anchorOf(findingId: string): string {
  const part = (seed: number) => hash32(findingId, seed).toString(36).padStart(7, '0');
  return `f-${part(0)}${part(1)}`;
}
