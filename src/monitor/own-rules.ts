import type { AlertRule } from './alert-rule.ts';

/** What a monitor says of itself: it must never be silent about being blind. */
export const OWN_RULES: readonly AlertRule[] = [
  {
    id: 'monitor.blind',
    category: 'monitor',
    severity: 'critical',
    title: 'The monitor sees nothing',
    meaning:
      'Kubeshark can not be asked: unreachable, a credential that is missing or has expired, answers that make no sense, dissection that is off. While it lasts, nothing else is watched.',
    method: 'Two intervals in a row in which no attempt to read calls succeeded.',
    within: 'two intervals',
    confirm: 2,
    clear: 1,
    remedy:
      'Follow the hint in the summary. What the Hub still holds of the time is read afterwards, by itself.',
    symptom: false,
  },
  {
    id: 'monitor.unkept',
    category: 'monitor',
    severity: 'critical',
    title: 'The monitor can not keep what it knows',
    meaning:
      'The directory of the state can not be written: the disk is full, or read-only. Traffic is watched on, and alerts are sent; but a restart now would begin where the last state that was written ends, and send again what was sent since.',
    method: 'The state could not be written after an interval, nor after the next.',
    within: 'two intervals',
    confirm: 2,
    clear: 1,
    remedy: 'Give the volume of `--state` more room, or make it writable.',
    symptom: false,
  },
  {
    id: 'monitor.detector-failed',
    category: 'monitor',
    severity: 'warning',
    title: 'A detector failed',
    meaning:
      'One of the detectors met something that it can not handle, and says nothing of the interval. The others go on.',
    method: 'Every failure, of the last interval.',
    within: 'the interval in which it happens',
    confirm: 1,
    clear: 2,
    remedy: 'It is a defect of this program: please report it with the text of the alert.',
    symptom: false,
  },
  {
    id: 'monitor.gap',
    category: 'monitor',
    severity: 'warning',
    title: 'Traffic that nobody watched',
    meaning:
      'The monitor was away, or blind, for longer than the Hub keeps calls: that time can not be judged any more.',
    method: 'The oldest call that the Hub holds is newer than the time where the monitor left off.',
    within: 'one interval after the Hub answers again',
    confirm: 1,
    clear: 1,
    remedy: 'Keep the monitor running, or give Kubeshark more room for dissected calls.',
    symptom: false,
  },
  {
    id: 'monitor.incomplete',
    category: 'monitor',
    severity: 'warning',
    title: 'Captures that lack calls',
    meaning:
      'Calls of several intervals are missing: pages that were lost, nodes that delivered nothing. What is absent proves nothing meanwhile: silence and falling traffic are not alerted.',
    method: 'Three intervals in a row whose capture had problems, of the last ones.',
    within: 'three intervals',
    confirm: 3,
    clear: 2,
    remedy: 'Look at the problems in the summary, and at the workers of Kubeshark.',
    symptom: false,
  },
  {
    id: 'monitor.no-traffic',
    category: 'monitor',
    severity: 'critical',
    title: 'No traffic at all',
    meaning:
      'Not a single call was captured in the scope though there usually are: either everything stopped, or the capture sees nothing (targeting, workers, a filter). A warning while no such hour of a day like this was learned.',
    method:
      'No call in the interval, where at least 20 are expected from the same hours learned. Where calls had faded to less than half of the usual ones in the hour before (a holiday), none may be likely at that level either: chance below 1 in 100,000, all of the time with hardly a call taken together, under a negative binomial.',
    within: 'two intervals',
    confirm: 2,
    clear: 1,
    remedy: 'Check the workers and targets of Kubeshark first, then the entry to the cluster.',
    symptom: false,
  },
];
