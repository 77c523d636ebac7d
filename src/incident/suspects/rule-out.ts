import { ms } from '../../compare/words.ts';
import { mostOften } from '../../support/most-often.ts';
import type { IncidentCase } from '../incident-case.ts';
import type { Suspect } from '../suspect.ts';
import type { Evidence } from './evidence.ts';
import { ownChange } from './own-change.ts';
import type { Ranked } from './rank.ts';

interface Given {
  readonly given: IncidentCase;
  readonly evidence: Evidence;
  readonly ranked: readonly Ranked[];
  /** Suspects, who aren't ruled out. */
  readonly named: ReadonlySet<number>;
}

/** Workloads that suffer, and why it did not begin with them; the most troubled first. */
export function ruleOut({ given, evidence, ranked, named }: Given): Suspect[] {
  const { names } = given;
  const slower = slowerThan(evidence);
  const suffering = names.workloads.flatMap((_, workload) => {
    if (named.has(workload)) return [];
    const carried = evidence.blame.carried.get(workload);
    const time = slower.get(workload);
    if (!carried && !time) return [];
    return [{ workload, failing: carried?.calls ?? 0, added: time?.added ?? 0 }];
  });
  return suffering
    .sort((a, b) => b.failing - a.failing || b.added - a.added || a.workload - b.workload)
    .map(({ workload, failing }) => ({
      workload,
      kind: failing > 0 ? 'failing' : 'slow',
      score: 0,
      explains: 0,
      reasons: [],
      ruledOut: failing > 0 ? carries(workload) : onlySlower(workload),
      rows: [],
    }));

  function carries(workload: number): string {
    const at = evidence.blame.carried.get(workload);
    const through = mostOften(at?.through ?? []);
    if (!at || !through) {
      const whom = ranked.find(({ failing }) => failing > 0);
      return `It fails only where ${whom ? names.workloads[whom.workload] : 'another'} does not do its part.`;
    }
    return `It passes on what it calls: ${at.carried} of its ${at.calls} failing calls had a failing call below, most to ${names.workloads[through[0]]}.`;
  }

  function onlySlower(workload: number): string {
    const own = ownChange(evidence.added.get(workload)?.handled ?? []);
    const time = slower.get(workload);
    if (own && (time?.added ?? 0) < own.after - own.before) {
      return `Its own time moved, from ${ms(own.before)} to ${ms(own.after)} a call, but no more than parts of the same traffic differ (${own.calls.before} calls before, ${own.calls.after} now).`;
    }
    const first = ranked.find(({ workload: at, score }) => score > 0 && at !== workload);
    const whom = first ? names.workloads[first.workload] : undefined;
    const stays = own ? `Its own time is ${ms(own.after)} against ${ms(own.before)} before` : '';
    const rest = `its calls take ${ms(time?.added ?? 0)} longer in what it calls${whom ? `, ${whom} above all` : ''}.`;
    return stays ? `${stays}: ${rest}` : `Its own time is not known; ${rest}`;
  }
}

/** Shares of a change that count as slower, and ms. */
const SLOWER = 1.2;
const LEAST_MS = 5;

/** Workloads whose calls take longer, and by how many ms of what they call. */
function slowerThan({ good, bad }: Evidence): Map<number, { added: number }> {
  const [before, after] = [handling(good), handling(bad)];
  const slower = new Map<number, { added: number }>();
  for (const [workload, is] of after) {
    const was = before.get(workload);
    if (!was) continue;
    const [then, now] = [was.total / was.calls, is.total / is.calls];
    if (now < SLOWER * then || now - then < LEAST_MS) continue;
    slower.set(workload, { added: now - then - (is.own / is.calls - was.own / was.calls) });
  }
  return slower;
}

function handling({ traffic, own, tree, spans }: Evidence['good']) {
  const sums = new Map<number, { calls: number; total: number; own: number }>();
  for (let row = 0; row < traffic.size; row++) {
    const span = spans[row] as number;
    if (tree.known[row] === 0 || Number.isNaN(span)) continue;
    const callee = traffic.callee[row] as number;
    const sum = sums.get(callee) ?? { calls: 0, total: 0, own: 0 };
    sum.calls++;
    sum.total += span;
    sum.own += own[row] as number;
    sums.set(callee, sum);
  }
  return sums;
}
