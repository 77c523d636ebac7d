import type { Call } from '../../src/calls/call.ts';
import { targetOf } from '../../src/calls/target.ts';
import { Profile } from '../../src/profile/profile.ts';
import { Profiler } from '../../src/profile/profiler.ts';
import { treeTraffic } from './tree-traffic.ts';

/**
 * What linking costs beside profiling, on synthetic traffic (`treeTraffic`). Documented in
 * docs/accuracy.md.
 *
 *   node scripts/bench/linking.ts [CALLS]
 */
const CALLS = Number(process.argv[2] ?? 1_000_000);

/** Processor time: the ratio must not depend on what else the machine does. */
function measure(what: string, run: (calls: Iterable<Call>) => number): number {
  const start = process.cpuUsage();
  const count = run(treeTraffic(CALLS));
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1_000_000;
  const rss = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(`${what}: ${count} calls, ${seconds.toFixed(1)} s, peak RSS ${rss} MiB\n`);
  return seconds;
}

const made = measure('making the calls', (calls) => {
  let count = 0;
  for (const _ of calls) count++;
  return count;
});
const observed = measure('profiling without linking', (calls) => {
  const profile = new Profile();
  for (const call of calls) profile.observe(call, targetOf(call));
  return profile.capture.calls;
});
let linked = 0;
const whole = measure('profiling with linking', (calls) => {
  const profiler = new Profiler({
    onLink: ({ parent }) => {
      if (parent) linked++;
    },
  });
  for (const call of calls) profiler.push({ kind: 'call', call });
  return profiler.finish().capture.calls;
});
const profiling = observed - made;
process.stdout.write(
  `linking takes ${((whole - observed) / profiling).toFixed(2)} × the time of profiling (${linked} calls linked)\n`,
);
