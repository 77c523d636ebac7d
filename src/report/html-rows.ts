import type { Judgement } from '../verdict/judgement.ts';

type Lists = Pick<Judgement, 'graph' | 'coverage' | 'ignored' | 'acceptances'>;

/** At most `max` items of each list of coverage, call graph and configuration, and how many that leaves out. */
export function cutRows(
  { graph, coverage, ignored, acceptances }: Lists,
  max: number,
): { readonly kept: Lists; readonly leftOut: number } {
  let leftOut = 0;
  const first = <T>(items: readonly T[]): readonly T[] => {
    leftOut += Math.max(0, items.length - max);
    return items.slice(0, max);
  };
  const kept: Lists = {
    ...(graph && { graph: { ...graph, edges: first(graph.edges) } }),
    coverage: {
      ...coverage,
      notCovered: first(coverage.notCovered),
      added: first(coverage.added),
      notChecked: first(coverage.notChecked),
      compared: first(coverage.compared),
    },
    ...(ignored && {
      ignored: first(ignored).map((one) => ({ ...one, findings: one.findings.slice(0, max) })),
    }),
    ...(acceptances && {
      acceptances: {
        unused: first(acceptances.unused),
        expired: first(acceptances.expired),
        untrusted: first(acceptances.untrusted),
      },
    }),
  };
  return { kept, leftOut };
}
