import { median } from '../../support/numbers.ts';
import type { Evidence } from './evidence.ts';
import { ownChange } from './own-change.ts';

/** Workloads, and calls of each, from which on 'everything' means something. */
const FEW_WORKLOADS = 4;
const FEW = 20;
/** How much longer nearly all must take, and how far one may stand out from their median. */
const SLOWER = 1.2;
const OUT = 2;
/** Share of the workloads that may have stayed as they were. */
const UNMOVED = 0.25;

/** By which factor everything takes longer alike; undefined where some didn't, or where `workload` stands out. */
export function alike({ added }: Evidence, workload: number): number | undefined {
  const ratios: number[] = [];
  let own = 0;
  for (const [at, { handled }] of added) {
    // What it calls may seem slow for its sake: what others see counts.
    const change = ownChange(handled.filter(({ caller }) => caller !== workload));
    if (!change || change.before === 0 || change.calls.before < FEW || change.calls.after < FEW) {
      continue;
    }
    const ratio = change.after / change.before;
    if (at === workload) own = ratio;
    ratios.push(ratio);
  }
  if (ratios.length < FEW_WORKLOADS) return undefined;
  ratios.sort((a, b) => a - b);
  const least = ratios[Math.floor(UNMOVED * ratios.length)] as number;
  const usual = median(ratios);
  return least >= SLOWER && own <= OUT * usual ? usual : undefined;
}
