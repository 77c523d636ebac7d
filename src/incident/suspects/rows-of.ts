import type { Evidence } from './evidence.ts';
import type { Ranked } from './rank.ts';

const MOST = 10;

/** Rows of the incident that show what a suspect does: failing calls, else the slowest by their own time. */
export function rowsOf({ workload, failing, slowing }: Ranked, evidence: Evidence): number[] {
  const blamed = evidence.blame.workloads.get(workload);
  if (blamed && failing >= slowing) return spread([...new Set(blamed.rows)].sort((a, b) => a - b));
  const { traffic, own, entry } = evidence.bad;
  const added = evidence.added.get(workload);
  const mostlyOut = added !== undefined && added.out > added.own;
  const by = mostlyOut ? traffic.caller : traffic.callee;
  const rows: number[] = [];
  for (let row = 0; row < traffic.size; row++) {
    if (by[row] === workload && (entry[row] as number) >= 0 && !Number.isNaN(own[row] as number)) {
      rows.push(row);
    }
  }
  rows.sort((a, b) => (own[b] as number) - (own[a] as number) || a - b);
  return rows.slice(0, MOST);
}

/** As many as may be, evenly from first to last. */
function spread(rows: readonly number[]): number[] {
  if (rows.length <= MOST) return [...rows];
  return Array.from(
    { length: MOST },
    (_, i) => rows[Math.floor((i * (rows.length - 1)) / (MOST - 1))] as number,
  );
}
