import type { AlertRule } from '../../alert-rule.ts';

export const DEGRADED: AlertRule = {
  id: 'latency.degraded',
  category: 'latency',
  severity: 'warning',
  title: 'Calls take longer than usual',
  meaning:
    'The slowest twentieth of the calls of an operation takes at least 1.5 times as long as it learned at this time of the week, and 5 ms more; on the first day, when other hours are all that was learned, twice as long. Critical from 4 times on. Failed calls do not count.',
  method:
    "Share of the calls that are slower than the learned P95, over the last slot, 15 and 30 minutes: tail of Pólya's urn (beta-binomial), whose width is learned from how that share varied from slot to slot (method of moments) and from how few calls the P95 was learned of (Wilks 1962); or the mean of the logarithms over 15 and 30 minutes, by how half hours vary. Five tests are corrected for. The interval of the P95 is by order statistics (Conover, Practical Nonparametric Statistics, §3.2).",
  within: 'two intervals for 4 times the P95; 15 to 45 minutes for twice, at 15 to 20 calls a slot',
  confirm: 2,
  clear: 3,
  remedy:
    'Open the slowest calls named as evidence, and look at what the workload itself calls: a slower callee is told as the cause.',
  symptom: true,
};

export const LEAK: AlertRule = {
  id: 'latency.leak',
  category: 'latency',
  severity: 'warning',
  title: 'Calls take longer and longer',
  meaning:
    'The calls of an operation have become slower for hours, a little at a time, as where memory, connections or a queue leak. What was signalled as a leak is not signalled as degraded too.',
  method:
    'Mean of the logarithms of the latencies by half hour over 6 h, less what was learned at this time of the week: a monotone trend (Mann 1945, Kendall 1975; slope by Theil 1950 and Sen 1968) without a step, that has reached 1.4 times, 5 ms at the P95, and 4 standard deviations of what half hours vary by.',
  within: '6 hours for a rise by 100 % over 6 hours, mostly 3 to 4',
  confirm: 2,
  clear: 3,
  remedy:
    'See what grows in the workload since then: memory, open connections, a table without an index. A restart that helps proves it.',
  symptom: true,
};

export const LATENCY_LIMIT: AlertRule = {
  id: 'latency.limit',
  category: 'latency',
  severity: 'critical',
  title: 'Calls take longer than is allowed',
  meaning: 'The P95 of an operation is above the limit that a person set.',
  method:
    'Lower bound of the share of calls above the limit (Clopper & Pearson 1934, at 99.9 %) over as many of the last slots, at most 30 minutes, as hold enough calls: it must be above 5 %.',
  within: 'two intervals where most calls are slower',
  confirm: 2,
  clear: 3,
  remedy: 'Open the slowest calls named as evidence, or set another max-latency.',
  symptom: true,
};
