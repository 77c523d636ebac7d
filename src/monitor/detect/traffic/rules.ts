import type { AlertRule } from '../../alert-rule.ts';

const HOURS =
  'against the same hour of the week, or of other working days while no week is learned and no weekend is near';

export const SILENCE: AlertRule = {
  id: 'traffic.silence',
  category: 'traffic',
  severity: 'critical',
  title: 'Calls have stopped',
  meaning:
    'A workload, or an operation of it with steady traffic, is not called any more, or hardly, though it always is at this hour. Its callers still run: who is silent because its own callers are is told under them, and who takes from a topic under those that publish nothing there any more. A caller that calls nobody any more is told, once, in place of those that it called. An operation whose calls ended with a rollout of its workload, which otherwise goes on, may have been removed on purpose: that is a warning.',
  method: `Probability of so few calls in the last slot, 15 and 30 minutes under a negative binomial (Greenwood & Yule 1920), ${HOURS}; its variation is learned from those hours and from the slots within an hour. Where calls to it, and to most others, had faded to less than half of the usual ones in the hour before (a holiday), that level is what is usual, and all of the time with hardly a call counts. Health checks and scrapes don’t count. Not while the capture has problems or nothing at all came, and for a day at most; for six hours where an operation has had no call at all since half an hour after a rollout of its workload began, or less, and the workload has 40 % of its usual calls or more.`,
  within: 'two intervals where 100 calls a slot are usual, three to four for 50, 30 minutes for 10',
  confirm: 2,
  clear: 2,
  remedy:
    'Look whether its pods run and are ready, whether its name resolves, and what was deployed or scaled. A silence under monitor.silences covers what is planned. An operation that a rollout removed on purpose needs nothing: it is forgotten after six hours.',
  symptom: true,
};

export const VOLUME: AlertRule = {
  id: 'traffic.volume',
  category: 'traffic',
  severity: 'warning',
  title: 'Far more or fewer calls than usual',
  meaning:
    'A workload is called at least twice as often, or at most half as often, as at this hour, which its callers do not explain: of a growth from the entry on, the entry alone is told.',
  method: `Tail of a negative binomial over the last slot and 15 minutes, ${HOURS}, with the variation learned from those hours and from the slots within an hour; and beyond the highest, or below the lowest, slot of the hours around this one.`,
  within:
    'three to five intervals for 4 to 6 times the calls; for twice, only where the hours hardly vary',
  confirm: 3,
  clear: 3,
  remedy:
    'See who calls: a campaign, a crawler, a retry storm or a batch job at another time. What lasts is learned within a week.',
  symptom: true,
};

export const VANISHED_EDGE: AlertRule = {
  id: 'traffic.vanished-edge',
  category: 'traffic',
  severity: 'warning',
  title: 'A workload does not call another any more',
  meaning:
    'A caller that called a workload in nearly every hour has stopped, while both still run. A lost configuration, a feature switched off or a failing discovery looks like this.',
  method: `Probability of no call since the last one, an hour at most, under a negative binomial ${HOURS}; the caller calls others and the workload is called by others. For six hours at most.`,
  within: 'two to three intervals where 50 calls a slot are usual, an hour for 5',
  confirm: 2,
  clear: 2,
  remedy:
    'If the edge was removed on purpose there is nothing to do: it is forgotten after six hours.',
  symptom: true,
};

export const FAN_OUT: AlertRule = {
  id: 'traffic.fan-out',
  category: 'traffic',
  severity: 'warning',
  title: 'A workload makes more calls for each that it handles',
  meaning:
    'For each call that it handles, a workload calls another operation at least 1.5 times as often as it learned: one query became three, or calls are tried again.',
  method: `Calls made a handled call over 15 and 30 minutes: tail of a negative binomial around the learned ratio, with its variation from hour to hour ${HOURS}, and from slot to slot; and 1.5 times the ratio of the last day, for what a workload handles may have become another mix.`,
  within: '15 to 30 minutes for three times the calls, at 20 handled calls a slot',
  confirm: 2,
  clear: 3,
  remedy:
    'Look at what was deployed to the caller: a loop around a query, a cache that is not asked, retries.',
  symptom: true,
};

export const UNEXPECTED_CALLER: AlertRule = {
  id: 'traffic.unexpected-caller',
  category: 'traffic',
  severity: 'warning',
  title: 'A workload is called by one that never called it',
  meaning:
    'A known workload calls another that it never called since the monitor began to learn. A new feature, a wrong address or an intruder looks like this.',
  method:
    'The edge was never seen; at least 3 calls, or calls in two slots, once a day was learned; both in the first week. The first hour counts. A workload that is new itself is told as such, but where only some workloads are watched, a caller from beyond is always one that never called.',
  within: 'two intervals',
  confirm: 1,
  clear: 12,
  remedy: 'If the caller may, there is nothing to do: after an hour the edge is known.',
  symptom: false,
};

export const NEW_WORKLOAD: AlertRule = {
  id: 'traffic.new-workload',
  category: 'traffic',
  severity: 'info',
  title: 'A workload that was never seen',
  meaning: 'A workload calls or is called that was never seen since the monitor began to learn.',
  method: 'The name was never seen, once a day was learned. The first hour counts.',
  within: 'one interval',
  confirm: 1,
  clear: 12,
  remedy: 'Nothing, where it was deployed on purpose.',
  symptom: false,
};

export const NEW_HOST: AlertRule = {
  id: 'traffic.new-host',
  category: 'traffic',
  severity: 'warning',
  title: 'A host outside is called for the first time',
  meaning:
    'A workload calls a host outside of the cluster that it never called since the monitor began to learn, nor a host of the same domain. A workload that calls new hosts all the time is not told.',
  method:
    'The edge was never seen, once a day was learned; hosts under monitor.trusted-hosts are left out, as are callers that met new hosts on 3 or more days. The first hour counts.',
  within: 'one interval',
  confirm: 1,
  clear: 12,
  remedy: 'Check what is sent there. Add the host to monitor.trusted-hosts if it may be called.',
  symptom: false,
};
